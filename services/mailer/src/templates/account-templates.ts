import type { Templates } from "./mail-content.ts";

export const accountTemplates: Templates<
  "confirm_email" | "mail_change" | "password_reset" | "member_joined" | "new_member" | "custom"
> = {
  confirm_email: ({ token, name }, link) => ({
    heading: name === undefined ? "Welcome to MyAEGEE" : `Welcome to MyAEGEE, ${name}`,
    paragraphs: [
      "Please confirm your email address within 48 hours. After that your sign-up is deleted and you can start again.",
      "If you did not sign up, you can ignore this mail.",
    ],
    action: { label: "Confirm my email address", url: link("/confirm_signup", { token }) },
  }),
  mail_change: ({ token }, link) => ({
    heading: "Your new email address",
    paragraphs: [
      "Somebody, hopefully you, wants to use this address for a MyAEGEE account. Please confirm it within 48 hours.",
      "If that was not you, you can ignore this mail.",
    ],
    action: { label: "Confirm this address", url: link("/confirm_mail_change", { token }) },
  }),
  password_reset: ({ token }, link) => ({
    heading: "Reset your password",
    paragraphs: [
      "Somebody, hopefully you, asked for a new password. The link below works for 24 hours and once.",
      "If that was not you, you can ignore this mail: your password stays as it is.",
    ],
    action: { label: "Choose a new password", url: link("/password_confirm", { token }) },
  }),
  member_joined: ({ member_firstname, member_lastname, body_name, body_id }, link) => ({
    heading: `${member_firstname} ${member_lastname} wants to join ${body_name}`,
    paragraphs: ["You may approve or reject the request."],
    action: { label: "See the join requests", url: link(`/bodies/${body_id}/join_requests`) },
  }),
  new_member: ({ member_firstname, body_name }, link) => ({
    heading: `Welcome to AEGEE, ${member_firstname}`,
    paragraphs: [
      `${body_name} has accepted you as a member. Europe is yours: find an event, meet people, start something.`,
    ],
    action: { label: "See what is going on", url: link("/events") },
  }),
  custom: ({ body }) => ({ heading: "", paragraphs: [], html: body }),
};
