import { defaultSubjects, type MailParameters, type MailTemplate } from "@myaegee/contracts";
import { currentRequestId } from "@myaegee/service-kit";
import { sql, type Transaction } from "kysely";

export interface OutgoingMail<T extends MailTemplate> {
  template: T;
  /** One separate mail for each. Nobody at all is fine: nothing is sent. */
  to: string | readonly string[];
  /** Default: the template's own. */
  subject?: string;
  parameters: MailParameters<T>;
  reply_to?: string;
}

/** The mailer takes this many recipients at once. */
const MAX_RECIPIENTS = 2000;

/**
 * Promises a mail in the transaction that causes it: sent if that commits, never if it does not.
 * Addresses are fetched before the transaction, never inside.
 */
export async function enqueueMail<Tables, T extends MailTemplate>(
  trx: Transaction<Tables>,
  mail: OutgoingMail<T>,
): Promise<void> {
  const recipients = [...new Set(typeof mail.to === "string" ? [mail.to] : mail.to)];
  const subject = mail.subject ?? defaultSubjects[mail.template];
  for (let start = 0; start < recipients.length; start += MAX_RECIPIENTS) {
    const part = recipients.slice(start, start + MAX_RECIPIENTS);
    await sql`
      insert into outbox (template, subject, recipients, parameters, reply_to, request_id)
      values (${mail.template}, ${subject}, ${part}, ${JSON.stringify(mail.parameters)},
        ${mail.reply_to ?? null}, ${currentRequestId() ?? null})`.execute(trx);
  }
}
