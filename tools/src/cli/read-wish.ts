import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { parsePlan } from "../deploy/parse-plan.ts";
import { SlipwayError } from "../errors.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import { readState, type Session } from "./open-session.ts";
import type { PlanWish } from "./plan-in-session.ts";

/** What `deploy` should bring about: a saved plan's set, a released one, or the working tree's. */
export async function readWish(session: Session): Promise<PlanWish> {
  const { flags, environment } = session;
  checkFlags(session);
  if (flags.from !== undefined) return readPlannedWish(session, flags.from);
  if (flags.release !== undefined || environment.source === "registry") {
    return readReleasedWish(session, flags.release ?? "latest");
  }
  const wanted = await buildWanted(session, flags.service);
  const only = flags.service.length > 0 ? Object.keys(wanted.services) : [];
  return { kind: "deploy", wanted, only, pins: [], base: null };
}

function checkFlags({ flags }: Session): void {
  if (flags.force && flags.reason === undefined) {
    throw new SlipwayError("REASON_MISSING", "--force overrides a block and wants a reason.", {
      hint: 'Nothing was touched. Add --reason="…"; it is kept in the history.',
    });
  }
}

/** Of a released set all, or what is named: it was released together, so what else it needs is there. */
async function readReleasedWish({ context, flags }: Session, id: string): Promise<PlanWish> {
  const wanted = await context.adapters.readSet(context.workspace, id);
  const unknown = flags.service.find((name) => !(name in wanted.services));
  if (unknown === undefined) {
    return { kind: "deploy", wanted, only: flags.service, pins: [], base: null };
  }
  throw new SlipwayError(
    "SERVICE_UNKNOWN",
    `${wanted.id} has no service ${JSON.stringify(unknown)}.`,
    { hint: `Nothing was touched. It has ${Object.keys(wanted.services).join(", ")}.` },
  );
}

/** All of the working tree, or what is named and, where nobody has deployed it yet, what that needs. */
async function buildWanted(session: Session, names: readonly string[]): Promise<ReleaseSet> {
  const wanted = await buildSet(session, names);
  if (names.length === 0) return wanted;
  const missing = listMissing(wanted, (await readState(session)).services);
  if (missing.length === 0) return wanted;
  note(session, `${missing.join(" and ")} must run first, so it is deployed, too.`);
  return buildWanted(session, [...names, ...missing]);
}

function listMissing(
  wanted: ReleaseSet,
  deployed: Readonly<Record<string, unknown>>,
): readonly string[] {
  const needed = Object.values(wanted.services).flatMap(({ needs }) => needs.needs.services);
  return [...new Set(needed)]
    .filter((name) => !(name in wanted.services) && !(name in deployed))
    .toSorted();
}

function buildSet(session: Session, names: readonly string[]): Promise<ReleaseSet> {
  const { imageBase } = session.environment;
  const { adapters, workspace } = session.context;
  return adapters.buildSet({
    ...(imageBase === undefined ? {} : { base: imageBase }),
    workspace,
    ...(names.length > 0 && { services: names }),
    onNote: (text) => note(session, text),
  });
}

function note({ context }: Session, text: string): void {
  context.report.event({ type: "note", text });
}

async function readPlannedWish(session: Session, file: string): Promise<PlanWish> {
  const { context, environment } = session;
  const plan = parsePlan(await readPlanFile(resolve(context.cwd, file)), file);
  const { seq } = await readState(session);
  if (plan.environment !== environment.name) {
    throw new SlipwayError(
      "PLAN_INVALID",
      `${file} is a plan for ${plan.environment}, not for ${environment.name}.`,
    );
  }
  if (plan.base !== seq) {
    throw new SlipwayError(
      "PLAN_STALE",
      `${file} was planned at record ${plan.base}; ${environment.name} is now at ${seq}.`,
      { hint: "Nothing was touched. Plan again: --dry-run --out=…" },
    );
  }
  return { kind: plan.kind, wanted: plan.set, only: [], pins: plan.pins, base: plan };
}

async function readPlanFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new SlipwayError("PLAN_INVALID", `The plan file ${path} can't be read.`, { cause });
  }
}
