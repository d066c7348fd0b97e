import { createTransport } from "nodemailer";

import type { Rendered } from "../mails/mails.schema.ts";
import type { DueMessage } from "./delivery.repository.ts";

export interface Sender {
  /** Resolves when the SMTP server has taken the mail. */
  send(message: DueMessage, content: Rendered): Promise<void>;
  close(): void;
}

export interface SmtpOptions {
  smtpUrl: string;
  /** Sender of mails that name none. */
  from: string;
}

/** Together well below the lease of a message. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

export function createSmtpSender({ smtpUrl, from }: SmtpOptions): Sender {
  const transport = createTransport({ url: smtpUrl, pool: true, ...timeouts });
  return {
    async send(message, content) {
      await transport.sendMail({
        // The same for each attempt, so that a receiver can tell a second copy.
        messageId: `<${message.id}@myaegee>`,
        from: message.sender ?? from,
        to: message.recipient,
        cc: message.cc,
        bcc: message.bcc,
        subject: message.subject,
        html: content.html,
        text: content.text,
        headers: { "Auto-Submitted": "auto-generated" },
        ...(message.reply_to === null ? {} : { replyTo: message.reply_to }),
        // Content comes from us alone: no file, no address is ever fetched for it.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => transport.close(),
  };
}
