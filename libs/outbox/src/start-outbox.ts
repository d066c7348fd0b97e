import { MailRefusedError, type MailerClient } from "@myaegee/contracts";
import { startLoop, type Loop } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import {
  buryMail,
  deleteMail,
  leaseNextMail,
  postponeMail,
  type OutboxRow,
} from "./outbox-table.ts";

export interface OutboxLog {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface OutboxOptions<Tables> {
  db: Kysely<Tables>;
  mailer: MailerClient;
  /** Name of the service; part of the idempotency key. */
  service: string;
  log: OutboxLog;
  /** How often the table is looked at when it was empty. */
  pollMs?: number;
  /** How long a mail belongs to whoever took it; after a crash it waits as long. */
  leaseMs?: number;
}

const MAX_BACK_OFF_MS = 60_000;

/**
 * Hands promised mails to the mailer, at least once each. The key `<service>:<row id>` lets the mailer see
 * a second try for what it is. Several instances may run at once. Stop it before the database is closed.
 */
export function startOutbox<Tables>(options: OutboxOptions<Tables>): Loop {
  const { db, log } = options;
  return startLoop({
    idleMs: options.pollMs ?? 500,
    onError: (error) => log.error({ err: error }, "the outbox could not reach its database"),
    async run() {
      const mail = await leaseNextMail(db, options.leaseMs ?? 30_000);
      return mail === null ? false : deliver(mail, options);
    },
  });
}

/** Answers whether it makes sense to look for the next one at once. */
async function deliver<Tables>(mail: OutboxRow, options: OutboxOptions<Tables>): Promise<boolean> {
  const { db, mailer, service, log } = options;
  const about = {
    mail: mail.id,
    template: mail.template,
    attempts: mail.attempts,
    request_id: mail.request_id,
  };
  try {
    await mailer.sendMail(planRequest(mail, service), mail.request_id ?? undefined);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof MailRefusedError && error.isFinal) {
      log.error({ err: error, ...about }, "the mailer refused a mail for good");
      await buryMail(db, mail.id, reason);
      return true;
    }
    log.warn({ err: error, ...about }, "a mail could not be handed over yet");
    await postponeMail(db, mail.id, { delayMs: planBackOffMs(mail.attempts), error: reason });
    return false;
  }
  await deleteMail(db, mail.id);
  return true;
}

function planRequest(mail: OutboxRow, service: string) {
  return {
    template: mail.template,
    to: mail.recipients,
    subject: mail.subject,
    parameters: mail.parameters,
    idempotency_key: `${service}:${mail.id}`,
    ...(mail.reply_to === null ? {} : { reply_to: mail.reply_to }),
  };
}

function planBackOffMs(attempts: number): number {
  return Math.min(1000 * 2 ** Math.min(attempts - 1, 10), MAX_BACK_OFF_MS);
}
