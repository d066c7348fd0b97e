import { isDeepStrictEqual } from "node:util";

import type { EnvironmentState } from "../deploy/environment-state.ts";
import { SlipwayError } from "../errors.ts";
import type { EnvironmentConnection } from "../hosts/platform.ts";
import { findConnection, readState, type Session } from "./open-session.ts";
import { recordVerification } from "./record-verification.ts";
import { nothingRuns, requireVerifiable } from "./require-verifiable.ts";
import { runExclusively } from "./run-exclusively.ts";
import { testEnvironment, type TestOutcome } from "./test-environment.ts";

export interface VerifiedEnvironment extends Omit<TestOutcome, "isPartial"> {
  set: string;
  isPassed: boolean;
  /** Whether the ledger has it. */
  isRecorded: boolean;
}

/**
 * Tests what runs, without the lock, and records the outcome under it. A failure is always recorded; a success only
 * when everything was run that the environment allows, so that a part never vouches for the whole.
 */
export async function verifyEnvironment(session: Session): Promise<VerifiedEnvironment> {
  const state = await readState(session);
  requireVerifiable(session, state);
  const connection = await findConnection(session);
  if (connection === null || state.set === null) throw nothingRuns(session.environment.name);
  const tested = await testAndClose(session, state, connection);
  const isPassed = tested.checks.every(({ fault }) => fault === null);
  const isRecorded = !isPassed || !tested.isPartial;
  const result = { set: state.set, isPassed, suites: tested.suites };
  if (isRecorded) await record(session, state, result);
  const { checks, leftOut, report } = tested;
  return { ...result, isRecorded, checks, leftOut, report };
}

async function testAndClose(
  session: Session,
  state: EnvironmentState,
  connection: EnvironmentConnection,
): Promise<TestOutcome> {
  try {
    return await testEnvironment(session, state, connection);
  } finally {
    await connection.close();
  }
}

async function record(
  session: Session,
  tested: EnvironmentState,
  result: Parameters<typeof recordVerification>[1],
): Promise<void> {
  await runExclusively(session, {
    command: "verify",
    async work(ports) {
      if (!isDeepStrictEqual(ports.ledger.state().services, tested.services)) {
        throw new SlipwayError(
          "VERIFICATION_STALE",
          `${session.environment.name} was deployed to while the tests ran.`,
          { hint: "Nothing was recorded. Run the tests again." },
        );
      }
      await recordVerification(ports, result);
    },
  });
}
