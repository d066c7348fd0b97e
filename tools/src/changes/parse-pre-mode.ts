import type { PreState } from "@changesets/types";
import { Type } from "typebox";
import { Check } from "typebox/value";

import { parseObject } from "./find-config-faults.ts";
import type { Finding } from "./verdict.ts";

const file = ".changeset/pre.json";

/** As changesets 3 writes it; what is released already lies in `.changeset/pre`. */
const PreMode = Type.Object(
  {
    mode: Type.Union([Type.Literal("pre"), Type.Literal("exit")]),
    tag: Type.String({ pattern: "^[0-9A-Za-z-]+$" }),
  },
  { additionalProperties: false },
);

export interface ParsedPreMode {
  /** Undefined outside pre mode. */
  state: PreState | undefined;
  findings: readonly Finding[];
}

export function parsePreMode(text: string | null): ParsedPreMode {
  if (text === null) return { state: undefined, findings: [] };
  const state: unknown = parseObject(text);
  if (Check(PreMode, state)) return { state, findings: [] };
  const message = `${file} is not what changesets 3 writes, so next versions can't be planned. Enter pre mode anew: npx changeset pre enter next`;
  return {
    state: undefined,
    findings: [{ code: "PRE_MODE_INVALID", level: "error", subject: file, message, write: null }],
  };
}
