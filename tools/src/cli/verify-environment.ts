import { isDeepStrictEqual } from "node:util";

import type { EnvironmentState } from "../deploy/environment-state.ts";
import { SlipwayError } from "../errors.ts";
import type { EnvironmentConnection } from "../hosts/platform.ts";
import { checkFlows } from "../verify/check-flows.ts";
import type { Check, Suite } from "../verify/check.ts";
import { runSmoke } from "../verify/run-smoke.ts";
import { findConnection, readState, type Session } from "./open-session.ts";
import { recordVerification } from "./record-verification.ts";
import { nothingRuns, requireVerifiable } from "./require-verifiable.ts";
import { runExclusively } from "./run-exclusively.ts";

const mailLimitMs = 30_000;

export interface VerifiedEnvironment {
  set: string;
  isPassed: boolean;
  /** Whether the ledger has it. */
  isRecorded: boolean;
  suites: readonly Suite[];
  checks: readonly Check[];
  /** What was not tried, and why. */
  leftOut: readonly string[];
  /** File of the flows' report; null when no flow ran. */
  report: string | null;
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
  const tested = await testAll(session, state, connection).finally(() => connection.close());
  const isPassed = tested.checks.every(({ fault }) => fault === null);
  const isRecorded = !isPassed || !tested.isPartial;
  const result = { set: state.set, isPassed, suites: tested.suites };
  if (isRecorded) await record(session, state, result);
  return { ...result, isRecorded, ...pick(tested) };
}

interface Tested extends Pick<VerifiedEnvironment, "suites" | "checks" | "leftOut" | "report"> {
  /** True when less was run than the environment allows. */
  isPartial: boolean;
}

function pick({ checks, leftOut, report }: Tested) {
  return { checks, leftOut, report };
}

async function testAll(
  session: Session,
  state: EnvironmentState,
  connection: EnvironmentConnection,
): Promise<Tested> {
  const { flags, environment, context } = session;
  const { clock } = context.adapters;
  const mail = await checkMail(session, state, connection);
  const smoke = [...(await runSmoke(state, { ...connection, clock })), ...mail.checks];
  const only = { suites: ["smoke"] as const, checks: smoke, report: null };
  if (!environment.testData) {
    const why = "the flows and a mail, because no test data is allowed here";
    return { ...only, leftOut: [why], isPartial: false };
  }
  if (flags.smoke) {
    return { ...only, leftOut: [...mail.leftOut, "the flows (--smoke)"], isPartial: true };
  }
  if (smoke.some(({ fault }) => fault !== null)) {
    const why = "the flows, because the smoke test failed";
    return { ...only, leftOut: [...mail.leftOut, why], isPartial: true };
  }
  const { checks, report } = await walkFlows(session, connection);
  return {
    suites: ["smoke", "browser"],
    checks: [...smoke, ...checks],
    leftOut: mail.leftOut,
    report,
    isPartial: false,
  };
}

async function checkMail(
  { environment, context }: Session,
  { services }: EnvironmentState,
  { gateway, platform }: EnvironmentConnection,
): Promise<Pick<Tested, "checks" | "leftOut">> {
  const inbox = platform.inboxUrl();
  const sends = Object.values(services).some(({ release }) => release.needs.needs.smtp === true);
  if (!environment.testData || !sends) return { checks: [], leftOut: [] };
  if (inbox === null) {
    return { checks: [], leftOut: ["a mail, because the environment has no inbox"] };
  }
  const { clock, tryMail } = context.adapters;
  const startedMs = clock.now().getTime();
  const address = gateway.publicUrl();
  const fault = await tryMail({ address, inbox, limitMs: mailLimitMs, signal: context.signal });
  const durationMs = clock.now().getTime() - startedMs;
  const title = "a mail from a sign-up to the inbox";
  return { checks: [{ suite: "smoke", subject: "mail", title, durationMs, fault }], leftOut: [] };
}

async function walkFlows({ environment, context }: Session, { gateway }: EnvironmentConnection) {
  const { workspace, env, signal, adapters, report } = context;
  const address = gateway.publicUrl();
  report.event({
    type: "note",
    text: `Walking through the flows at ${address}; this takes minutes.`,
  });
  const result = await adapters.runFlows({
    ...{ workspace, environment: environment.name, address, only: [], env, signal },
  });
  return { checks: checkFlows(result), report: result.report };
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
