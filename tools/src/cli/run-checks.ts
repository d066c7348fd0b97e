import { statfs } from "node:fs/promises";
import process from "node:process";

import { foldLedger } from "../deploy/fold-ledger.ts";
import type { CommandContext, Flags } from "./command.ts";
import { findConnection, openSession, type Session } from "./open-session.ts";

export interface Check {
  name: string;
  isFine: boolean;
  finding: string;
}

const neededNodeMajor = 24;
const neededDiskGb = 1;

/** Every check runs, whatever the others say. */
export async function runChecks(context: CommandContext, flags: Flags): Promise<readonly Check[]> {
  const session = await openSession(context, flags);
  const checks = [
    check("node", async () => checkNode()),
    check("disk", () => checkDisk(context.workspace)),
    check("settings", async () => ({ isFine: true, finding: `${flags.env}.yaml is valid` })),
    check("ledger", () => checkLedger(session)),
    check("lock", () => checkLock(session)),
    check("environment", () => checkEnvironment(session)),
  ];
  return (await Promise.all(checks)).flat();
}

type Finding = Omit<Check, "name">;

async function check(
  name: string,
  look: () => Promise<Finding | readonly Finding[]>,
): Promise<readonly Check[]> {
  try {
    const findings = await look();
    return [findings].flat().map(({ isFine, finding }) => ({ name, isFine, finding }));
  } catch (error) {
    return [
      { name, isFine: false, finding: error instanceof Error ? error.message : String(error) },
    ];
  }
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split(".")[0]);
  const isFine = major >= neededNodeMajor;
  const wish = isFine ? "" : `, expected ${neededNodeMajor} or newer: run through npx`;
  return { isFine, finding: `${process.versions.node}${wish}` };
}

async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const freeGb = (bavail * bsize) / 1e9;
  const isFine = freeGb >= neededDiskGb;
  return {
    isFine,
    finding: `${freeGb.toFixed(1)} GB free${isFine ? "" : `, expected ${neededDiskGb}`}`,
  };
}

async function checkLedger({ store }: Session): Promise<readonly Finding[]> {
  const [{ records, tornBytes }, copies] = await Promise.all([store.read(), store.copies?.list()]);
  const { openRun } = foldLedger(records);
  const torn = `its last ${tornBytes} bytes are cut off; the next run repairs that`;
  return [
    { isFine: true, finding: `${records.length} records, every hash fits` },
    ...(tornBytes > 0 ? [{ isFine: false, finding: torn }] : []),
    ...(copies ?? []).map(({ host, state, finding }) => ({
      isFine: state === "same" || state === "behind",
      finding: `copy on ${host}: ${finding}`,
    })),
    ...(openRun === null
      ? []
      : [{ isFine: false, finding: `run ${openRun.run} is unfinished: resume or revert it` }]),
  ];
}

async function checkLock({ store }: Session): Promise<Finding> {
  const { holder, epoch } = await store.readLease();
  return {
    isFine: true,
    finding:
      holder === null
        ? `free (epoch ${epoch})`
        : `held by ${holder.actor.name} for "${holder.command}"`,
  };
}

async function checkEnvironment(session: Session): Promise<readonly Finding[]> {
  const connection = await findConnection(session, { mayLackHosts: true });
  if (connection === null) return [{ isFine: true, finding: "does not run" }];
  try {
    const facts = await connection.platform.describe();
    const address = `answers at ${connection.gateway.publicUrl()}`;
    return [address, ...facts].map((finding) => ({ isFine: true, finding }));
  } finally {
    await connection.close();
  }
}
