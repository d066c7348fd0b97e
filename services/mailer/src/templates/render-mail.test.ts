import { mailParameters, type MailTemplate } from "@myaegee/contracts";
import { expect, test } from "vitest";

import { renderMail } from "./render-mail.ts";

const publicUrl = "https://my.example.org";
const event = { id: 5, name: "Training & Fun", url: "training-fun", status: "published" };
const application = { first_name: "Mara", last_name: "<Member>", body_name: "AEGEE-Testburg" };
const list = { body_name: "AEGEE-Testburg", event_name: "Agora", membership_fee: 43.75 };

const samples: Record<MailTemplate, Record<string, unknown>> = {
  confirm_email: { token: "a+b/c", name: "Mara" },
  mail_change: { token: "t" },
  password_reset: { token: "t" },
  member_joined: { member_firstname: "Mara", member_lastname: "M", body_name: "B", body_id: 1 },
  new_member: { member_firstname: "Mara", body_name: "AEGEE-Testburg" },
  custom: { body: "<p>Hello <b>you</b></p>" },
  events_applied: { event, application },
  events_edited: { event, application },
  events_event_created: { event },
  events_event_updated: { event },
  events_submitted: { event },
  events_status_changed: { event, old_status: "submitted" },
  statutory_applied: { event, application },
  statutory_edited: { event, application },
  statutory_board_applied: { event, application },
  statutory_board_edited: { event, application },
  statutory_memberslist_submitted: list,
  statutory_memberslist_edited: list,
  candidate_applied: { candidate: application, position: { name: "President", event_id: 5 } },
};

test.each(Object.entries(mailParameters))("%s has HTML, text and no leftovers", (name) => {
  const template = Object.keys(samples).find((key): key is MailTemplate => key === name);
  const mail = renderMail(template ?? "custom", samples[template ?? "custom"], publicUrl);

  expect(mail.html).toMatch(/^<!doctype html>[\s\S]+<\/html>$/);
  expect(mail.text.length).toBeGreaterThan(20);
  expect(mail.html + mail.text).not.toMatch(/undefined|\[object Object\]|null/);
});

test("escapes what people wrote", () => {
  const { html, text } = renderMail("events_applied", { event, application }, publicUrl);

  expect(html).toContain("Training &amp; Fun");
  expect(html).toContain("Mara &lt;Member&gt;");
  expect(text).toContain("Mara <Member>");
});

test("leads to the configured address, with the token encoded", () => {
  const { html, text } = renderMail("confirm_email", { token: "a+b/c&d" }, publicUrl);

  const link = "https://my.example.org/confirm_signup?token=a%2Bb%2Fc%26d";
  expect(text).toContain(link);
  expect(html).toContain(`href="${link}"`);
});

test("a path from the outside cannot lead anywhere else", () => {
  const hostile = { ...event, url: "../../evil?x=//evil.example" };

  const { text } = renderMail("events_submitted", { event: hostile }, publicUrl);

  expect(text).toContain("https://my.example.org/events/../../evil%3Fx%3D//evil.example");
});

test("makes a text part of a custom mail's HTML", () => {
  expect(renderMail("custom", samples.custom, publicUrl).text).toContain("Hello you");
});

test("refuses parameters that do not fit", () => {
  expect(() => renderMail("mail_change", {}, publicUrl)).toThrow(
    "The parameters do not fit template mail_change.",
  );
});
