import { runStep } from "../deploy/run-step.ts";
import { listFlows } from "../e2e/list-flows.ts";
import { SlipwayError } from "../errors.ts";
import { arrowFlows, readArrow } from "../rehearse/read-arrow.ts";
import type { Move, RehearsalCheck, RehearsalWork } from "../rehearse/run-rehearsal.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import { checkFlows } from "../verify/check-flows.ts";
import { runSmoke } from "../verify/run-smoke.ts";
import { findConnection, readState, type Session } from "./open-session.ts";
import { previewPlan } from "./plan-in-session.ts";
import { runExclusively } from "./run-exclusively.ts";
import { runPlan } from "./run-plan.ts";

export interface RehearsedSets {
  old: ReleaseSet;
  candidate: ReleaseSet;
}

/** Moves and looks in a throw-away environment, as `deploy` and `verify` do. */
export function createRehearsalWork(session: Session, sets: RehearsedSets): RehearsalWork {
  return {
    async move(step) {
      try {
        await move(session, sets, step);
        return null;
      } catch (error) {
        // What Slipway refuses or finds broken is what a rehearsal is for; anything else ends it.
        if (!(error instanceof SlipwayError) || error.code === "INTERRUPTED") throw error;
        return [error.message, ...error.details].join("\n");
      }
    },
    smoke: async () => [...(await lookAtServices(session)), ...(await callAcross(session))],
  };
}

async function move(session: Session, sets: RehearsedSets, step: Move): Promise<void> {
  const { old, candidate } = sets;
  if (step.kind === "start") return deploy(session, old, []);
  if (step.kind === "advance") return deploy(session, candidate, [step.service]);
  if (step.kind === "return") return deploy(session, old, [step.service]);
  return migrate(session, candidate, step.service);
}

async function deploy(
  session: Session,
  wanted: ReleaseSet,
  only: readonly string[],
): Promise<void> {
  const wish = { kind: "deploy", wanted, only, pins: [], base: null } as const;
  const { plan } = await previewPlan(session, wish);
  await runPlan(session, { wish, preview: plan });
}

/** Only the schema, so that the old code meets it. */
async function migrate(session: Session, set: ReleaseSet, service: string): Promise<void> {
  const release = set.services[service];
  const schema = release?.schema ?? null;
  if (release === undefined || schema === null) throw new Error(`${service} has no migrations.`);
  const { version, digest, imageKey } = release;
  const image = { service, version, digest };
  await runExclusively(session, {
    command: "rehearse",
    async work(ports) {
      await runStep({ kind: "prepare-image", image }, set, ports);
      await runStep({ kind: "migrate", image, imageKey, schema }, set, ports);
    },
  });
}

async function lookAtServices(session: Session): Promise<readonly RehearsalCheck[]> {
  const connection = await findConnection(session);
  if (connection === null) throw new Error(`${session.environment.name} does not run any more.`);
  try {
    const { clock } = session.context.adapters;
    return (await runSmoke(await readState(session), { ...connection, clock })).map(readArrow);
  } finally {
    await connection.close();
  }
}

/** Calls from one service to another, where the workspace has flows for them. */
async function callAcross(session: Session): Promise<readonly RehearsalCheck[]> {
  const { context, environment } = session;
  const { workspace, env, signal, adapters } = context;
  if (!(await listFlows(workspace, [])).includes(arrowFlows)) return [];
  const connection = await findConnection(session);
  const address = connection?.gateway.publicUrl() ?? null;
  await connection?.close();
  const only = [arrowFlows];
  const result = await adapters.runFlows({
    workspace,
    environment: environment.name,
    address,
    only,
    env,
    signal,
  });
  return checkFlows(result).map(readArrow);
}
