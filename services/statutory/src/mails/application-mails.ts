import { enqueueMail } from "@myaegee/outbox";
import type { Transaction } from "kysely";

import type { ApplicationRow, EventRow, Tables } from "../tables.ts";

export interface ApplicationMailFacts {
  event: EventRow;
  row: ApplicationRow;
  /** `null` when core no longer knows the applicant. */
  applicantAddress: string | null;
  boardAddresses: readonly string[];
}

/** Tells the applicant and the boards of the body what happened to an application. */
export async function writeApplicationMails(
  trx: Transaction<Tables>,
  action: "applied" | "edited",
  { event, row, applicantAddress, boardAddresses }: ApplicationMailFacts,
): Promise<void> {
  const parameters = { event: pickEvent(event), application: pickApplication(row) };
  const isNew = action === "applied";
  await enqueueMail(trx, {
    template: isNew ? "statutory_applied" : "statutory_edited",
    to: applicantAddress ?? [],
    subject: isNew
      ? `You've successfully applied for ${event.name}`
      : `Your application for ${event.name} was updated`,
    parameters,
  });
  await enqueueMail(trx, {
    template: isNew ? "statutory_board_applied" : "statutory_board_edited",
    to: boardAddresses,
    subject: isNew
      ? `One of your body members has applied to ${event.name}`
      : `One of your body members changed the application to ${event.name}`,
    parameters,
  });
}

/** Mails leave the house: they carry what their text needs, never answers or visa data. */
function pickEvent({ id, name, url, type, status }: EventRow) {
  return { id, name, url, type, status };
}

function pickApplication({ first_name, last_name, body_name }: ApplicationRow) {
  return { first_name, last_name, body_name };
}
