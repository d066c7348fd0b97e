import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

import Type from "typebox";
import { Value } from "typebox/value";

const Inbox = Type.Object({ data: Type.Array(Type.Object({ subject: Type.String() })) });

const pollMs = 200;
const requestLimitMs = 15_000;

export interface MailTrip {
  /** Where people reach the environment. */
  address: string;
  /** Page that shows the mails sent. */
  inbox: string;
  /** How long the mail may be on its way. */
  limitMs: number;
  signal: AbortSignal;
}

/**
 * Signs up somebody whom nobody else has, and waits for the mail about it: through the gateway, core's outbox, the
 * mailer and SMTP. Null when it came; else what is wrong. Writes test data.
 */
export async function tryMail(trip: MailTrip): Promise<string | null> {
  const tag = randomUUID().replaceAll("-", "").slice(0, 16);
  try {
    const refused = await signUp(tag, trip);
    return refused ?? (await awaitMail(tag, trip));
  } catch (error) {
    trip.signal.throwIfAborted();
    return `nothing answers at ${trip.address}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function signUp(tag: string, { address, signal }: MailTrip): Promise<string | null> {
  const response = await fetch(`${address}/api/core/signup/default`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-request-id": nameRequest(tag) },
    body: JSON.stringify(describePerson(tag)),
    signal: AbortSignal.any([signal, AbortSignal.timeout(requestLimitMs)]),
  });
  if (response.ok) return null;
  const text = (await response.text()).slice(0, 300);
  return `core answered the sign-up with ${response.status}: ${text} (request ${nameRequest(tag)})`;
}

async function awaitMail(tag: string, trip: MailTrip): Promise<string | null> {
  const { inbox, limitMs, signal } = trip;
  const to = encodeURIComponent(mailAddress(tag));
  const deadlineMs = Date.now() + limitMs;
  while (Date.now() < deadlineMs) {
    const limit = AbortSignal.timeout(requestLimitMs);
    const response = await fetch(`${inbox}/api/messages?to=${to}`, {
      signal: AbortSignal.any([signal, limit]),
    });
    if (!response.ok) return `the inbox answered with ${response.status}`;
    const found: unknown = await response.json();
    if (Value.Check(Inbox, found) && found.data.length > 0) return null;
    await delay(pollMs, undefined, { signal });
  }
  return `the mail about a sign-up was not in the inbox within ${limitMs / 1000} s (request ${nameRequest(tag)})`;
}

function nameRequest(tag: string): string {
  return `verify-${tag}`;
}

function mailAddress(tag: string): string {
  return `verify.${tag}@example.org`;
}

function describePerson(tag: string) {
  return {
    username: `verify.${tag}`,
    email: mailAddress(tag),
    password: randomUUID(),
    first_name: "Verify",
    last_name: "Slipway",
    date_of_birth: "2000-02-29",
    gender: "female",
    phone: "+32 2 246 03 20",
    address: "Rue du Noyer 55, Brussels",
    about_me: "Signed up by a test.",
    privacy_consent: "true",
  };
}
