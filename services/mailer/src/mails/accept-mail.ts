import type { MailRequest } from "@myaegee/contracts";
import type { Kysely } from "kysely";

import { insertMessages } from "../messages/messages.repository.ts";
import type { Tables } from "../tables.ts";
import { expectParametersByRecipient, expectTemplate } from "./expect-parameters.ts";

/**
 * Queues one message for each recipient and answers their ids. The same idempotency key from the same service
 * answers the ids of the first time and queues nothing.
 */
export async function acceptMail(
  request: MailRequest,
  service: string,
  db: Kysely<Tables>,
): Promise<string[]> {
  const template = expectTemplate(request.template);
  const recipients = listAddresses(request.to);
  const parameters = expectParametersByRecipient(template, request, recipients.length);
  const messages = recipients.map((recipient, position) => ({
    service,
    idempotency_key: request.idempotency_key ?? null,
    position,
    template,
    recipient,
    subject: request.subject,
    sender: request.from ?? null,
    reply_to: request.reply_to ?? null,
    cc: listAddresses(request.cc),
    bcc: listAddresses(request.bcc),
    parameters: JSON.stringify(parameters[position]),
  }));
  return insertMessages(db, messages);
}

function listAddresses(addresses: string | string[] | undefined): string[] {
  return typeof addresses === "string" ? [addresses] : (addresses ?? []);
}
