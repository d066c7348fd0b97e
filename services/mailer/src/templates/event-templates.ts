import type { MailParameters } from "@myaegee/contracts";

import type { Link, MailContent, Templates } from "./mail-content.ts";

type AboutApplication = MailParameters<"events_applied">;
type AboutEvent = MailParameters<"events_submitted">;

export const eventTemplates: Templates<
  | "events_applied"
  | "events_edited"
  | "events_event_created"
  | "events_event_updated"
  | "events_submitted"
  | "events_status_changed"
> = {
  events_applied: (parameters, link) =>
    aboutApplication(
      parameters,
      link,
      "was received. The organisers will choose the participants.",
    ),
  events_edited: (parameters, link) => aboutApplication(parameters, link, "was changed."),
  events_event_created: (parameters, link) =>
    aboutEvent(parameters, link, "was created as a draft. Submit it when it is complete."),
  events_event_updated: (parameters, link) => aboutEvent(parameters, link, "was changed."),
  events_submitted: (parameters, link) =>
    aboutEvent(parameters, link, "was submitted and waits for your approval."),
  events_status_changed: (parameters, link) =>
    aboutEvent(
      parameters,
      link,
      `is now ${parameters.event.status ?? "in another state"}; before it was ${parameters.old_status}.`,
    ),
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
    action: { label: "See the event", url: link(`/events/${event.url ?? event.id}`) },
  };
}

function aboutEvent({ event }: AboutEvent, link: Link, news: string): MailContent {
  return {
    heading: event.name,
    paragraphs: [`The event "${event.name}" ${news}`],
    action: { label: "See the event", url: link(`/events/${event.url ?? event.id}`) },
  };
}
