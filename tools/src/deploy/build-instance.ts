import { SlipwayError } from "../errors.ts";
import type { ReleasedService, ReleaseSet } from "../release/release-set.ts";
import type { ImageReference, InstanceSpec, TaskSpec } from "../runtimes/runtime.ts";
import type { PlannedInstance } from "./plan.ts";
import type { RunPorts } from "./run-ports.ts";

/** What the runtime needs to start a planned instance. */
export function buildInstance(
  instance: PlannedInstance,
  set: ReleaseSet,
  ports: RunPorts,
): InstanceSpec {
  const { id, service, version, digest } = instance;
  const release = findRelease(service, set);
  return {
    id,
    service,
    version,
    digest,
    set: set.id,
    run: ports.ledger.run,
    port: release.needs.port,
    env: { ...buildEnv(service, release, ports), ...buildIdentity(instance, set, ports) },
    secrets: listSecrets(release),
    memoryMb: release.needs.resources.memoryMb,
  };
}

export interface TaskWish {
  image: ImageReference;
  command: "migrate" | "seed";
  timeoutMs: number;
}

/** A command of the image, with the settings its service has. */
export function buildTask(
  { image, command, timeoutMs }: TaskWish,
  set: ReleaseSet,
  ports: RunPorts,
): TaskSpec {
  const release = findRelease(image.service, set);
  const { service, version, digest } = image;
  return {
    id: `${service}-${command}-${ports.ledger.run}`,
    service,
    version,
    digest,
    args: [command],
    env: buildEnv(service, release, ports),
    secrets: listSecrets(release),
    timeoutMs,
  };
}

export function findRelease(service: string, set: ReleaseSet): ReleasedService {
  const release = set.services[service];
  if (release !== undefined) return release;
  throw new SlipwayError(
    "PLAN_INVALID",
    `The plan starts ${service}, but its set has no such service.`,
  );
}

function buildEnv(
  service: string,
  release: ReleasedService,
  { gateway, platform, policy }: RunPorts,
): Record<string, string> {
  const { needs } = release.needs;
  const neighbours = needs.services.map((name) => [urlName(name), gateway.internalUrl(name)]);
  return {
    PUBLIC_URL: gateway.publicUrl(),
    ENVIRONMENT: policy.environment,
    TEST_DATA: String(policy.testData),
    LOG_LEVEL: "info",
    ...Object.fromEntries(neighbours),
    ...(needs.smtp === true ? { SMTP_URL: platform.smtpUrl() } : {}),
    ...policy.env[service],
  };
}

function buildIdentity(instance: PlannedInstance, set: ReleaseSet, { policy }: RunPorts) {
  return {
    ENVIRONMENT: policy.environment,
    INSTANCE: instance.id,
    IMAGE_DIGEST: instance.digest,
    RELEASE_SET: set.id,
  };
}

/** `CORE_URL` for core. */
function urlName(service: string): string {
  return `${service.toUpperCase().replaceAll("-", "_")}_URL`;
}

function listSecrets({ needs: { secrets, needs } }: ReleasedService): readonly string[] {
  return [...secrets.map(({ name }) => name), ...(needs.database === true ? ["DATABASE_URL"] : [])];
}
