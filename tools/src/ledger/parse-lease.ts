import Type from "typebox";
import { Value } from "typebox/value";

import { formatFault, listFaults } from "../config/list-faults.ts";
import { Actor } from "../deploy/ledger-schema.ts";
import { SlipwayError } from "../errors.ts";
import type { Lease } from "./ledger-store.ts";

const instant = Type.String({ pattern: "^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$" });

const LeaseSchema = Type.Object({
  epoch: Type.Integer({ minimum: 0 }),
  holder: Type.Union([
    Type.Null(),
    Type.Object({
      actor: Actor,
      run: Type.String(),
      reason: Type.Union([Type.String(), Type.Null()]),
      command: Type.String(),
      host: Type.String(),
      pid: Type.Integer(),
      pidStartedAt: Type.Union([Type.String(), Type.Null()]),
      takenAt: instant,
      expiresAt: instant,
    }),
  ]),
});

/** Throws LEDGER_BROKEN. An empty text is a lease that nobody ever took. */
export function parseLease(text: string, name: string): Lease {
  if (text === "") return { epoch: 0, holder: null };
  const lease = parseJson(text, name);
  if (Value.Check(LeaseSchema, lease)) return lease;
  const [fault] = listFaults(LeaseSchema, lease);
  throw brokenLease(name, fault === undefined ? "it does not fit" : formatFault(fault, 1));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw brokenLease(name, "line 1 is no JSON.");
  }
}

function brokenLease(name: string, fault: string): SlipwayError {
  return new SlipwayError("LEDGER_BROKEN", `The lock in ${name} can't be read: ${fault}`, {
    hint: "When nobody works on the environment, delete the file: the next run takes an epoch above all that the ledger has seen.",
  });
}
