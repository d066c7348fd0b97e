import { SlipwayError } from "../errors.ts";

/** Faults of the surroundings: going back would need them, too. */
const surrounding: ReadonlySet<string> = new Set([
  "HOST_UNREACHABLE",
  "ENGINE_UNREACHABLE",
  "DAEMON_FAILED",
  "REGISTRY_UNREACHABLE",
  "ENGINE_MISSING",
]);

export function isSurrounding(code: string): boolean {
  return surrounding.has(code);
}

/** Faults of what was deployed. Others, of hosts, registries or people, say nothing about it. */
const definitive: ReadonlySet<string> = new Set([
  "READINESS_TIMEOUT",
  "INSTANCE_EXITED",
  "IDENTITY_WRONG",
  "FRONT_DOOR_WRONG",
  "MIGRATION_FAILED",
  "SOAK_FAILED",
]);

export function isDefinitive(code: string | null): boolean {
  return code !== null && definitive.has(code);
}

/** One of several hosts went away; the others can go on, or back, without it. */
export function isHostLost(error: unknown): boolean {
  return error instanceof SlipwayError && error.code === "HOST_LOST";
}
