import { Agent, request as openRequest } from "node:http";
import { Agent as TlsAgent, request as openTlsRequest } from "node:https";

import type { ProbeAnswer } from "./runtime.ts";

const limitMs = 5000;
const maxBodyBytes = 64 * 1024;

/** One GET on a connection of its own; null when nothing answers in time. */
export async function fetchProbe(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  /** Where the connection goes when that is not what the address says: a socket that leads to another host, or one host of several. */
  via: { socketPath?: string } | { host: string; port: number } = {},
): Promise<ProbeAnswer | null> {
  return await new Promise((resolve) => {
    const { host, hostname } = new URL(url);
    const common = {
      ...via,
      servername: hostname,
      headers: { ...headers, host },
      signal: AbortSignal.timeout(limitMs),
    };
    const request = url.startsWith("https:")
      ? openTlsRequest(url, { ...common, agent: new TlsAgent({ keepAlive: false }) })
      : openRequest(url, { ...common, agent: new Agent({ keepAlive: false }) });
    request.once("error", () => resolve(null));
    request.once("response", (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => {
        if (body.length < maxBodyBytes) body += chunk;
      });
      answer.once("error", () => resolve(null));
      answer.once("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: flatten(answer.headers), body }),
      );
    });
    request.end();
  });
}

function flatten(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
  );
}
