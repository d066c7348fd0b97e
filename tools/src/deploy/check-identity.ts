import type { ProbeAnswer } from "../runtimes/runtime.ts";
import type { PlannedInstance } from "./plan.ts";

/** Null when the answer comes from just this version and digest; else what it says instead. */
export function findIdentityFault(
  answer: ProbeAnswer | null,
  planned: Pick<PlannedInstance, "version" | "digest">,
): string | null {
  if (answer === null) return "nothing answers";
  if (answer.status !== 200) return `status ${answer.status}`;
  const { version, digest } = parseIdentity(answer.body);
  if (version !== planned.version) return `version ${version ?? "missing"}`;
  return digest === planned.digest ? null : `digest ${digest ?? "missing"}`;
}

interface Identity {
  version: string | null;
  digest: string | null;
}

/** Reads `version` and `image_digest` from the health envelope. */
function parseIdentity(body: string): Identity {
  const data = readField(parseJson(body), "data");
  return {
    version: asText(readField(data, "version")),
    digest: asText(readField(data, "image_digest")),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readField(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function asText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
