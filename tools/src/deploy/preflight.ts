import { SlipwayError } from "../errors.ts";
import type { HostFacts } from "../hosts/platform.ts";
import type { DeployPlan } from "./plan.ts";
import type { RunPorts } from "./run-ports.ts";

const answerLimitMs = 5000;
const neededDiskMb = 500;
const toleratedSkewMs = 5000;

/** Looks whether all that the plan needs is there, before it begins. Touches nothing; names every lack at once. */
export async function preflight(plan: DeployPlan, ports: RunPorts): Promise<void> {
  const { platform, clock } = ports;
  const limit = new AbortController();
  try {
    const late = clock.sleep(answerLimitMs, limit.signal).then(() => null);
    const found = await Promise.race([
      Promise.all([platform.readHosts(), platform.listSecrets()]),
      late,
    ]);
    if (found === null) throw lacking(plan, [`No answer within ${answerLimitMs / 1000} s.`]);
    const [hosts, secrets] = found;
    const faults = findFaults(plan, { hosts, secrets });
    if (faults.length > 0) throw lacking(plan, faults);
  } finally {
    limit.abort();
  }
}

interface Surroundings {
  hosts: readonly HostFacts[];
  secrets: readonly string[];
}

function findFaults(plan: DeployPlan, { hosts, secrets }: Surroundings): readonly string[] {
  return [...hosts.flatMap((host) => findHostFaults(plan, host)), ...findMissing(plan, secrets)];
}

function findHostFaults(plan: DeployPlan, host: HostFacts): readonly string[] {
  const surgeMb = measureSurge(plan);
  return [
    ...(host.freeDiskMb >= neededDiskMb
      ? []
      : [`${host.name} has ${host.freeDiskMb} MB of disk left, expected ${neededDiskMb}.`]),
    ...(host.freeMemoryMb >= surgeMb
      ? []
      : [
          `${host.name} has ${host.freeMemoryMb} MB of memory left; old and new side by side may need ${surgeMb} more.`,
        ]),
    ...(Math.abs(host.clockAheadMs) <= toleratedSkewMs
      ? []
      : [
          `The clock of ${host.name} is ${Math.round(host.clockAheadMs / 1000)} s ahead of this one.`,
        ]),
  ];
}

/** What may run beside everything that runs already. */
function measureSurge({ steps, set }: DeployPlan): number {
  const started = steps.flatMap((step) => (step.kind === "start" ? [step.instance.service] : []));
  return started
    .map((service) => set.services[service]?.needs.resources.memoryMb ?? 0)
    .reduce((sum, memoryMb) => sum + memoryMb, 0);
}

function findMissing({ set, environment }: DeployPlan, known: readonly string[]) {
  return Object.entries(set.services).flatMap(([service, { needs }]) =>
    needs.secrets
      .filter(({ generate }) => generate === undefined)
      .map(({ name }) => `${service}/${name}`)
      .filter((name) => !known.includes(name))
      .map(
        (name) =>
          `The secret ${name} has no value. Set it: npx slipway secrets set ${name} --env=${environment} < file`,
      ),
  );
}

function lacking({ environment }: DeployPlan, faults: readonly string[]): SlipwayError {
  return new SlipwayError(
    "PREFLIGHT_FAILED",
    `${environment} lacks something that the deployment needs.`,
    { details: faults, hint: "Nothing was touched. Mend it and run the command again." },
  );
}
