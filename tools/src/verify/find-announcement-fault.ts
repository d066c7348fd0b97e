import Type from "typebox";
import { Value } from "typebox/value";

import type { ProbeAnswer } from "../runtimes/runtime.ts";

const Announcement = Type.Object({ id: Type.String() });

/** Null when the front door announces just this release set; else what it says instead. */
export function findAnnouncementFault(
  answer: ProbeAnswer | null,
  set: string | null,
): string | null {
  if (answer === null) return "nothing answers";
  if (answer.status !== 200) return `it answers with status ${answer.status}, expected ${set}`;
  const announced = parseJson(answer.body);
  const id = Value.Check(Announcement, announced) ? announced.id : "no release set";
  return id === set ? null : `it announces ${id}, expected ${set}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
