import { connect } from "node:net";

import { SlipwayError } from "../../errors.ts";

const limitMs = 5000;

/** One conversation with HAProxy's master: commands in, everything it says out. Throws GATEWAY_FAILED. */
export async function converse(socket: string, commands: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    let text = "";
    const connection = connect(socket, () => connection.end(`${commands}\n`));
    connection.setEncoding("utf8").setTimeout(limitMs);
    connection.on("data", (chunk: string) => (text += chunk));
    connection.once("timeout", () => connection.destroy(new Error(`silent for ${limitMs} ms`)));
    connection.once("error", (cause) => reject(unreachable(cause)));
    connection.once("end", () => resolve(text));
  });
}

function unreachable(cause: Error): SlipwayError {
  return new SlipwayError(
    "GATEWAY_FAILED",
    `The gateway HAProxy does not answer on its control socket: ${cause.message}.`,
    { hint: "Traffic goes where it went before. See its log, then run the command again.", cause },
  );
}
