import type { MailParameters } from "@myaegee/contracts";

import type { ApplicationRow } from "../applications/applications.repository.ts";
import type { EventRow } from "../events/events.repository.ts";

/** Mails leave the house: they carry what their text needs, never budgets or answers. */
export function formatMailEvent(event: EventRow): MailParameters<"events_submitted">["event"] {
  const { id, name, url, type, status } = event;
  return { id, name, url, type, status };
}

export function formatMailApplication(
  application: ApplicationRow,
): MailParameters<"events_applied">["application"] {
  const { first_name, last_name, body_name } = application;
  return { first_name, last_name, body_name };
}
