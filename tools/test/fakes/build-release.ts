import { createReleaseSet } from "../../src/release/create-release-set.ts";
import type { ReleasedService, ReleaseSet } from "../../src/release/release-set.ts";
import type { ServiceNeeds } from "../../src/workspace/service-manifest.ts";

export interface ReleaseWish {
  /** One digit, which fills the digest and names the image. */
  image?: string;
  version?: string;
  needs?: readonly string[];
  database?: boolean;
  smtp?: boolean;
  schema?: { min: number; max: number };
  secrets?: ServiceNeeds["secrets"];
}

const defaults = {
  image: "1",
  version: "1.0.0",
  needs: [],
  database: false,
  secrets: [],
  schema: { min: 0, max: 1 },
} satisfies ReleaseWish;

/** A released service with just what a test cares about. */
export function buildRelease(name: string, wish: ReleaseWish = {}): ReleasedService {
  const { image, version, needs, database, secrets, schema } = { ...defaults, ...wish };
  return {
    version,
    digest: `sha256:${image.repeat(64)}`,
    imageKey: `key-${name}-${image}`,
    schema: database ? schema : null,
    needs: {
      port: 8084,
      routes: [{ path: `/api/${name}`, strip: true }],
      health: { liveness: "/healthcheck", readiness: "/readiness" },
      needs: { services: [...needs], database, ...pickSmtp(wish) },
      secrets,
      resources: { memoryMb: 64 },
      drainSeconds: 1,
    },
  };
}

function pickSmtp({ smtp }: ReleaseWish) {
  return smtp === undefined ? {} : { smtp };
}

/** `{ core: {}, events: { needs: ["core"] } }` as a release set. */
export function buildSet(services: Readonly<Record<string, ReleaseWish>>): ReleaseSet {
  const entries = Object.entries(services).map(([name, wish]) => [name, buildRelease(name, wish)]);
  return createReleaseSet("abc123", Object.fromEntries(entries));
}
