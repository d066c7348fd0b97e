import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import { SlipwayError } from "../../errors.ts";
import { hasCode } from "../../workspace/has-code.ts";

const answerLimitMs = 5000;
const connectLimitMs = 3000;
const pollMs = 20;

/**
 * One conversation with HAProxy's master: commands in, everything it says out. It is waited for while it starts again.
 * Throws GATEWAY_FAILED.
 */
export async function converse(socket: string, commands: string): Promise<string> {
  const deadlineMs = Date.now() + connectLimitMs;
  for (;;) {
    try {
      return await exchange(socket, commands);
    } catch (cause) {
      const isWorthIt = isBusy(cause) || (isQuestion(commands) && isCutOff(cause));
      if (!isWorthIt || Date.now() > deadlineMs) throw unreachable(cause);
      await delay(pollMs);
    }
  }
}

async function exchange(socket: string, commands: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    let text = "";
    const connection = connect(socket, () => connection.end(`${commands}\n`));
    connection.setEncoding("utf8").setTimeout(answerLimitMs);
    connection.on("data", (chunk: string) => (text += chunk));
    connection.once("timeout", () =>
      connection.destroy(new Error(`no answer in ${answerLimitMs} ms`)),
    );
    connection.once("error", reject);
    connection.once("end", () => resolve(text));
  });
}

/** Nothing was said yet: its queue is full, or it is just being started again. */
function isBusy(cause: unknown): boolean {
  return ["EAGAIN", "ECONNREFUSED", "ENOENT"].some((code) => hasCode(cause, code));
}

/** A way there through another host is cut off where the socket itself would refuse. */
function isCutOff(cause: unknown): boolean {
  return ["ECONNRESET", "EPIPE"].some((code) => hasCode(cause, code));
}

/** Can be asked twice. */
function isQuestion(commands: string): boolean {
  return /(?:^|\s)show /u.test(commands);
}

function unreachable(cause: unknown): SlipwayError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SlipwayError(
    "GATEWAY_FAILED",
    `The gateway HAProxy does not answer on its control socket: ${reason}.`,
    { hint: "Traffic goes where it went before. See its log, then run the command again.", cause },
  );
}
