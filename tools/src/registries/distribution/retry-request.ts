import { SlipwayError } from "../../errors.ts";
import { discardBody, type HttpAnswer } from "./send-request.ts";
import { toNetworkError } from "./to-network-error.ts";

export interface Patience {
  /** How long the other side may say nothing. */
  idleMs: number;
  wait: (ms: number) => Promise<unknown>;
}

const attempts = 5;
const firstDelayMs = 250;
const longestWaitMs = 60_000;
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Sends again after a lost connection, a 429 or a 5xx. The last such answer becomes REGISTRY_UNREACHABLE. */
export async function retryRequest(
  name: string,
  patience: Patience,
  send: () => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await send().catch(toNetworkError);
    if (!(outcome instanceof Error) && !passing.has(outcome.status)) {
      return outcome;
    }
    if (outcome instanceof Error && isUntrusted(outcome)) {
      throw refuseCertificate(name, outcome);
    }
    const delayMs = planDelayMs(outcome, attempt);
    if (!(outcome instanceof Error)) {
      await discardBody(outcome);
    }
    if (attempt === attempts || delayMs > longestWaitMs) {
      throw giveUp(name, outcome, { attempt, delayMs });
    }
    await patience.wait(delayMs);
  }
}

/** What the registry asks for by Retry-After, else twice as long each time, spread so that builds don't return as one. */
export function planDelayMs(outcome: HttpAnswer | Error, attempt: number): number {
  const asked = outcome instanceof Error ? undefined : outcome.headers["retry-after"];
  const seconds = Number(asked);
  if (asked !== undefined && Number.isFinite(seconds)) {
    return Math.max(0, seconds * 1000);
  }
  const date = Date.parse(asked ?? "");
  if (Number.isFinite(date)) {
    return Math.max(0, date - Date.now());
  }
  return firstDelayMs * 2 ** (attempt - 1) * (1 + Math.random() / 4);
}

/** Waiting makes no certificate better. */
function isUntrusted(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return /CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)/u.test(code);
}

function refuseCertificate(name: string, cause: Error): SlipwayError {
  return new SlipwayError(
    "REGISTRY_UNREACHABLE",
    `The registry ${name} is not who it says it is: ${cause.message}.`,
    {
      cause,
      hint: `Nothing was sent. If its certificate is your own, put the authority's into /etc/docker/certs.d/${name}/ca.crt, or name it: NODE_EXTRA_CA_CERTS=…`,
    },
  );
}

function giveUp(
  name: string,
  outcome: HttpAnswer | Error,
  { attempt, delayMs }: { attempt: number; delayMs: number },
): SlipwayError {
  const words =
    outcome instanceof Error ? outcome.message : `the last answer was ${outcome.status}`;
  const isLimited = !(outcome instanceof Error) && outcome.status === 429;
  const seconds = Math.ceil(delayMs / 1000);
  return new SlipwayError(
    "REGISTRY_UNREACHABLE",
    `The registry ${name} did not serve a request in ${attempt} ${attempt === 1 ? "attempt" : "attempts"}: ${words}.`,
    {
      hint: isLimited
        ? `It limits how much it serves. Try again in ${seconds} s, or sign in: docker login ${name}`
        : "Look at the network and run this again: it goes on with what is missing.",
      ...(outcome instanceof Error && { cause: outcome }),
    },
  );
}
