import type { MailParameters } from "@myaegee/contracts";

import type { Link, MailContent, Templates } from "./mail-content.ts";

type AboutApplication = MailParameters<"statutory_applied">;
type AboutMembersList = MailParameters<"statutory_memberslist_submitted">;

export const statutoryTemplates: Templates<
  | "statutory_applied"
  | "statutory_edited"
  | "statutory_board_applied"
  | "statutory_board_edited"
  | "statutory_memberslist_submitted"
  | "statutory_memberslist_edited"
  | "candidate_applied"
> = {
  statutory_applied: (parameters, link) =>
    aboutApplication(parameters, link, "was received. Your board decides about it next."),
  statutory_edited: (parameters, link) => aboutApplication(parameters, link, "was changed."),
  statutory_board_applied: (parameters, link) =>
    aboutApplication(parameters, link, "came in. Please give it a participant type and a comment."),
  statutory_board_edited: (parameters, link) =>
    aboutApplication(parameters, link, "was changed. Please look at it again."),
  statutory_memberslist_submitted: (parameters) => aboutMembersList(parameters, "submitted"),
  statutory_memberslist_edited: (parameters) => aboutMembersList(parameters, "changed"),
  candidate_applied: ({ candidate, position }, link) => ({
    heading: position.name,
    paragraphs: [
      `${candidate.first_name} ${candidate.last_name} has applied for the position "${position.name}".`,
    ],
    action: {
      label: "See the candidates",
      url: link(position.event_id === undefined ? "/statutory" : `/statutory/${position.event_id}`),
    },
  }),
};

function aboutApplication(
  { event, application }: AboutApplication,
  link: Link,
  news: string,
): MailContent {
  const from = application.body_name === undefined ? "" : ` from ${application.body_name}`;
  return {
    heading: event.name,
    paragraphs: [
      `The application of ${application.first_name} ${application.last_name}${from} ${news}`,
    ],
    action: { label: "See the event", url: link(`/statutory/${event.url ?? event.id}`) },
  };
}

function aboutMembersList(parameters: AboutMembersList, news: string): MailContent {
  const { body_name: bodyName, event_name: eventName, membership_fee: fee } = parameters;
  return {
    heading: `Members list of ${bodyName}`,
    paragraphs: [
      `${bodyName} has ${news} its members list for ${eventName}.`,
      `Fee to AEGEE: ${fee}`,
    ],
  };
}
