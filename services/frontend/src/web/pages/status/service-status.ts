/** What `GET /healthcheck` of a service says about itself. */
export interface Health {
  name: string;
  version: string;
  commit: string | null;
  release_set: string | null;
  image_digest: string | null;
  instance: string | null;
}

/** What the gateway says was released together. */
export interface ReleaseSet {
  id: string;
  services: Record<string, { version: string; digest?: string | null }>;
}

export interface ServiceStatus {
  service: string;
  health: Health | null;
  planned: { version: string; digest?: string | null } | null;
  /** Milliseconds of the round trip; null when no answer came. */
  roundTripMs: number | null;
  verdict:
    | "as planned"
    | "not in the set"
    | "other version"
    | "other image"
    | "no answer"
    | "unknown";
}

export interface HealthProbe {
  service: string;
  health: Health | null;
  roundTripMs: number | null;
}

/** Holds what runs against what was released. */
export function judgeService(probe: HealthProbe, set: ReleaseSet | null): ServiceStatus {
  const planned = set?.services[probe.service] ?? null;
  return { ...probe, planned, verdict: judge(probe.health, planned, set) };
}

function judge(
  health: Health | null,
  planned: ServiceStatus["planned"],
  set: ReleaseSet | null,
): ServiceStatus["verdict"] {
  if (health === null) return "no answer";
  if (set === null) return "unknown";
  if (planned === null) return "not in the set";
  if (health.version !== planned.version) return "other version";
  return isOtherImage(health, planned) ? "other image" : "as planned";
}

function isOtherImage(health: Health, planned: { digest?: string | null }): boolean {
  const running = knownOrNull(health.image_digest);
  return Boolean(planned.digest) && running !== null && planned.digest !== running;
}

/** Services say "none" or "unknown" where they were not told. */
export function knownOrNull(value: string | null | undefined): string | null {
  return !value || value === "none" || value === "unknown" ? null : value;
}

export function isGood(verdict: ServiceStatus["verdict"]): boolean {
  return verdict === "as planned" || verdict === "unknown";
}
