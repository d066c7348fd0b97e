import { Value } from "typebox/value";
import { LineCounter, parseDocument, type Document } from "yaml";

import { SlipwayError } from "../errors.ts";
import { Environment } from "./environment-schema.ts";
import { formatFault, listFaults, type Fault } from "./list-faults.ts";

export interface Source {
  /** For messages, relative to the workspace. */
  file: string;
  /** What the environment must be called. */
  name: string;
}

/** Checks one file of settings. Throws CONFIG_INVALID with every fault and its line. */
export function parseEnvironment(text: string, { file, name }: Source): Environment {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const content: unknown = document.errors.length > 0 ? null : document.toJS();
  const faults = [
    ...document.errors.map(({ message, pos }) => `line ${lines.linePos(pos[0]).line}: ${message}`),
    ...(document.errors.length > 0 ? [] : listFaults(Environment, content)).map((fault) =>
      formatFault(fault, findLine(document, lines, fault)),
    ),
  ];
  if (faults.length === 0 && Value.Check(Environment, content)) {
    if (content.name === name) return content;
    faults.push(`name: expected "${name}" as in the file's name, got "${content.name}".`);
  }
  throw new SlipwayError(
    "CONFIG_INVALID",
    `${file} has ${faults.length} fault${faults.length === 1 ? "" : "s"}.`,
    { details: faults, hint: "Nothing was touched. Every field: docs/reference/environments.md" },
  );
}

/** Line of the value, or of the nearest thing around it that is there. */
function findLine(document: Document, lines: LineCounter, { path }: Fault): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const start = startOf(node);
    if (start !== null) return lines.linePos(start).line;
  }
  return 1;
}

function startOf(node: unknown): number | null {
  if (typeof node !== "object" || node === null || !("range" in node)) return null;
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : null;
}
