import { isMailTemplate } from "@myaegee/contracts";
import { startLoop, type Logger, type Loop } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import { renderMail } from "../templates/render-mail.ts";
import {
  leaseNextMessage,
  markDead,
  markQueued,
  markSent,
  type DueMessage,
} from "./delivery.repository.ts";
import type { Sender } from "./smtp-sender.ts";

export interface DeliveryOptions {
  db: Kysely<Tables>;
  log: Pick<Logger, "info" | "warn" | "error">;
  sender: Sender;
  publicUrl: string;
  retryMs: number;
  leaseMs?: number;
  pollMs?: number;
}

const MAX_ATTEMPTS = 5;
const SENDERS = 3;

/** Sends what is queued, a few messages at a time; several instances may run at once. */
export function startDelivery(options: DeliveryOptions): Loop {
  const loops = Array.from({ length: SENDERS }, () =>
    startLoop({
      idleMs: options.pollMs ?? 250,
      onError: (error) => options.log.error({ err: error }, "the queue could not be read"),
      run: () => sendNext(options),
    }),
  );
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };
}

async function sendNext(options: DeliveryOptions): Promise<boolean> {
  const { db, log } = options;
  const message = await leaseNextMessage(db, options.leaseMs ?? 60_000);
  if (message === null) {
    return false;
  }
  const about = { message: message.id, template: message.template, attempts: message.attempts };
  if (message.attempts > MAX_ATTEMPTS) {
    log.error(about, "a mail is given up: whoever sent it was cut off each time");
    await markDead(db, message.id, "Its sender was cut off each time.");
    return true;
  }
  try {
    await send(message, options);
  } catch (error) {
    log.warn({ err: error, ...about }, "a mail could not be sent");
    await planNextAttempt(message, error, options);
    return true;
  }
  await markSent(db, message.id);
  log.info(about, "mail sent");
  return true;
}

async function send(message: DueMessage, { sender, publicUrl }: DeliveryOptions): Promise<void> {
  if (!isMailTemplate(message.template)) {
    throw new Error(`Template ${message.template} exists no more.`);
  }
  await sender.send(message, renderMail(message.template, message.parameters, publicUrl));
}

async function planNextAttempt(
  { id, attempts }: DueMessage,
  cause: unknown,
  { db, retryMs }: DeliveryOptions,
): Promise<void> {
  const error = cause instanceof Error ? cause.message : String(cause);
  await (attempts < MAX_ATTEMPTS
    ? markQueued(db, id, { delayMs: retryMs * 4 ** (attempts - 1), error })
    : markDead(db, id, error));
}
