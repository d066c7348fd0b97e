import type { EnvironmentState } from "../deploy/environment-state.ts";
import type { EnvironmentConnection } from "../hosts/platform.ts";
import { checkFlows } from "../verify/check-flows.ts";
import type { Check, Suite } from "../verify/check.ts";
import { runSmoke } from "../verify/run-smoke.ts";
import type { Session } from "./open-session.ts";

const mailLimitMs = 30_000;

/** What was run, and how each of it ended. */
export interface TestOutcome {
  suites: readonly Suite[];
  checks: readonly Check[];
  /** What was not tried, and why. */
  leftOut: readonly string[];
  /** File of the flows' report; null when no flow ran. */
  report: string | null;
  /** True when less was run than the environment allows. */
  isPartial: boolean;
}

/** The smoke test, and where test data is allowed a mail and the flows. */
export async function testEnvironment(
  session: Session,
  state: EnvironmentState,
  connection: EnvironmentConnection,
): Promise<TestOutcome> {
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
): Promise<Pick<TestOutcome, "checks" | "leftOut">> {
  const inbox = platform.inboxUrl();
  const isSent = Object.values(services).some(({ release }) => release.needs.needs.smtp === true);
  if (!environment.testData || !isSent) return { checks: [], leftOut: [] };
  if (inbox === null) {
    return { checks: [], leftOut: ["a mail, because the environment has no inbox"] };
  }
  const { clock } = context.adapters;
  const startedMs = clock.now().getTime();
  const address = gateway.publicUrl();
  const fault = await context.adapters.tryMail({
    address,
    inbox,
    limitMs: mailLimitMs,
    signal: context.signal,
  });
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
    workspace,
    environment: environment.name,
    address,
    only: [],
    env,
    signal,
  });
  return { checks: checkFlows(result), report: result.report };
}
