import { SlipwayError } from "../errors.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import { awaitReady, formatAnswer } from "./await-ready.ts";
import { buildInstance, buildTask, findRelease, type TaskWish } from "./build-instance.ts";
import { findIdentityFault } from "./check-identity.ts";
import type { Step } from "./plan.ts";
import type { RunPorts } from "./run-ports.ts";
import { soak } from "./soak.ts";

const taskTimeoutMs = 300_000;
const drainPollMs = 50;
const shownTaskLines = 10;

/** Does one step. Doing it again changes nothing. */
// oxlint-disable-next-line complexity -- one line a kind; the compiler finds a forgotten one
export async function runStep(step: Step, set: ReleaseSet, ports: RunPorts): Promise<void> {
  const { runtime, gateway } = ports;
  switch (step.kind) {
    case "generate-secrets":
      return generateSecrets(set, ports);
    case "ensure-database":
      return ensureDatabase(step.service, ports);
    case "prepare-image":
      return runtime.prepare(step.image);
    case "back-up":
      return backUp(step, ports);
    case "migrate":
      return runTask(
        { image: step.image, command: "migrate", timeoutMs: taskTimeoutMs },
        set,
        ports,
      );
    case "seed":
      return runTask({ image: step.image, command: "seed", timeoutMs: taskTimeoutMs }, set, ports);
    case "start":
      return runtime.start(buildInstance(step.instance, set, ports));
    case "await-ready":
      return awaitReady(step, findRelease(step.instance.service, set).needs.health, ports);
    case "declare-route":
      return gateway.ensure(step.service, step.routes);
    case "shift":
      return shift(step, ports);
    case "probe-front-door":
      return probeFrontDoor(step, ports);
    case "soak":
      return soak(step, set, ports);
    case "drain":
      return drain(step, ports);
    case "stop":
      return runtime.stop(step.instance, step.graceSeconds * 1000);
    case "remove-route":
      return gateway.remove(step.service);
    case "announce":
      return gateway.announce(formatAnnouncement(set));
    case "record":
      // Its entry in the ledger is the whole effect.
      return;
  }
}

async function generateSecrets(set: ReleaseSet, { platform }: RunPorts): Promise<void> {
  const secrets = Object.entries(set.services).map(
    ([name, { needs }]) => [name, needs.secrets] as const,
  );
  await platform.ensureSecrets(Object.fromEntries(secrets));
}

/** An empty database where the ledger knows a full one would look like a working service without any data. */
async function ensureDatabase(
  service: string,
  { platform, ledger, policy }: RunPorts,
): Promise<void> {
  const { created } = await platform.ensureDatabase(service);
  if (!created || !ledger.state().databases.has(service)) return;
  throw new SlipwayError(
    "DATABASE_LOST",
    `The database of ${service} was gone, so an empty one was made.`,
    {
      hint: `Restore its data; or begin again with test data: npx nx run tools:deploy --env=${policy.environment} --seed`,
    },
  );
}

/** The new one first: a full disk must not cost an old one. */
async function backUp(
  { service, backup, keep }: Step & { kind: "back-up" },
  { platform }: RunPorts,
): Promise<void> {
  await platform.backUp(service, backup);
  const backups = await platform.listBackups(service);
  for (const { name } of backups.slice(keep)) await platform.dropBackup(service, name);
}

async function runTask(wish: TaskWish, set: ReleaseSet, ports: RunPorts): Promise<void> {
  const { exitCode, output } = await ports.runtime.runOnce(buildTask(wish, set, ports));
  if (exitCode === 0) return;
  const { service, version } = wish.image;
  throw new SlipwayError(
    wish.command === "migrate" ? "MIGRATION_FAILED" : "SEED_FAILED",
    `${wish.command} of ${service}@${version} ended with exit code ${exitCode}.`,
    { details: output.slice(-shownTaskLines).map((line) => `| ${line}`) },
  );
}

async function shift(
  step: Step & { kind: "shift" },
  { runtime, gateway }: RunPorts,
): Promise<void> {
  const instances = await runtime.list();
  const address = instances.find(({ id }) => id === step.to.id)?.address ?? null;
  if (address === null) {
    throw new SlipwayError(
      "INSTANCE_EXITED",
      `${step.to.service}@${step.to.version} (${step.to.id}) does not run any more, so it can't take traffic.`,
    );
  }
  // From here on it must come back when it crashes, whether or not this process lives.
  await runtime.keepRunning(step.to.id);
  await gateway.shift(step.service, step.to.id, address);
}

async function probeFrontDoor(
  { instance, path }: Step & { kind: "probe-front-door" },
  { gateway }: RunPorts,
): Promise<void> {
  const answer = await gateway.probe(path);
  const fault = findIdentityFault(answer, instance);
  if (fault === null) return;
  throw new SlipwayError(
    "FRONT_DOOR_WRONG",
    `${gateway.publicUrl()}${path} answers with ${fault}, expected ${instance.service}@${instance.version} ${instance.digest}.`,
    { details: [`GET ${path}: ${formatAnswer(answer)}`] },
  );
}

/** Waits until the old instance has answered everything, or its limit is over; then cuts it off. */
async function drain(
  { service, instance, limitSeconds }: Step & { kind: "drain" },
  { gateway, clock }: RunPorts,
): Promise<void> {
  const deadline = clock.now().getTime() + limitSeconds * 1000;
  while ((await gateway.inflight(service, instance)) > 0 && clock.now().getTime() < deadline) {
    await clock.sleep(drainPollMs);
  }
  await gateway.retire(service, instance);
}

function formatAnnouncement({ id, commit, services }: ReleaseSet) {
  const entries = Object.entries(services).map(([name, { version, digest }]) => [
    name,
    { version, digest },
  ]);
  return { version: 1, id, commit, services: Object.fromEntries(entries) };
}
