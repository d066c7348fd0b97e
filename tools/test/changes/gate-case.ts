import type { Files } from "./change-workspace.ts";

export interface GateCase {
  title: string;
  before?: Files;
  change: Files;
  /** Services whose image changes. */
  affected: readonly string[];
  /** Codes, each once, sorted; errors and warnings. */
  findings: readonly string[];
  isCovered: boolean;
}

type Outcome = readonly [affected: string, findings: string, isCovered: boolean];

export function row(
  title: string,
  change: Files,
  ...[[affected, findings, isCovered], before = {}]: readonly [outcome: Outcome, before?: Files]
): GateCase {
  return { title, change, before, affected: words(affected), findings: words(findings), isCovered };
}

function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}
