import { valid } from "semver";

import { hashContent } from "../../src/deploy/hash-content.ts";
import type { Claim } from "../../src/release/release-facts.ts";
import type { ReleaseEvent, ReleasePorts } from "../../src/release/release-ports.ts";
import type { ReleasedService } from "../../src/release/release-set.ts";
import { buildRelease } from "./build-release.ts";
import { createFakeClock } from "./fake-clock.ts";
import {
  bump,
  listHistory,
  readCommit,
  type FakeCommit,
  type FakeReleaseWorld,
} from "./fake-release-world.ts";

/** Called before each call of a port: lets others go first, or throws as if the process had died. */
export type Gate = (call: string) => Promise<void>;

export interface FakeRelease {
  ports: ReleasePorts;
  events: ReleaseEvent[];
}

/** The ports of one release with a checkout of its own. */
export function createFakeRelease(
  world: FakeReleaseWorld,
  gate: Gate = async () => {},
  start: string = world.head,
): FakeRelease {
  const local = { head: start };
  const events: ReleaseEvent[] = [];

  async function write(text: string, change: () => void): Promise<void> {
    await gate(text);
    world.writes.push(text);
    change();
  }

  return {
    events,
    ports: {
      clock: createFakeClock(),
      signal: new AbortController().signal,
      report: (event) => events.push(event),
      confirm: async () => {},
      checkout: createCheckout(world, local, gate),
      remote: createRemote(world, gate, write),
      store: createStore(world, gate, write),
      images: {
        checkInputs: () => gate("look at inputs"),
        async build(services, commit) {
          await gate("build");
          const made = services.map((service) => [
            service,
            buildFakeImage(readCommit(world, commit), service),
          ]);
          return Object.fromEntries(made);
        },
        async publish(service, released) {
          if (world.images.has(`${service}@${released.digest}`)) return 0;
          if (!world.layers.has(released.digest)) {
            await write(`publish layers of ${service}`, () => world.layers.add(released.digest));
          }
          await write(`publish ${service} ${released.version}`, () => {
            world.images.set(`${service}@${released.digest}`, released);
          });
          return 100;
        },
      },
      github: {
        checkAccess: () => gate("ask GitHub"),
        async hasRelease(name) {
          await gate(`read release ${name}`);
          return world.releases.includes(name);
        },
        async createRelease({ name }) {
          await gate(`create release ${name}`);
          if (world.releases.includes(name)) return "present";
          world.writes.push(`create release ${name}`);
          if (!world.gitTags.has(name)) world.violations.push(`${name} announced without a tag`);
          world.releases.push(name);
          return "created";
        },
        async writeVersionRequest({ branch }) {
          await write(`pull request ${branch}`, () => {});
          return "https://github.example/pull/1";
        },
      },
    },
  };
}

function createCheckout(
  world: FakeReleaseWorld,
  local: { head: string },
  gate: Gate,
): ReleasePorts["checkout"] {
  return {
    async read() {
      const { versions, pending } = readCommit(world, local.head);
      return {
        commit: local.head,
        branch: "master",
        isShallow: false,
        changedFiles: [],
        sequence: listHistory(world, local.head).length,
        services: Object.entries(versions).map(([service, version]) => ({
          service,
          packageName: `@x/${service}`,
          version,
          changelog: `- ${service} changed`,
        })),
        pending: Object.entries(pending).map(([service, size]) => ({
          packageName: `@x/${service}`,
          type: size === "prerelease" ? "patch" : size,
          from: versions[service] ?? "",
          to: bump(versions[service] ?? "", size),
          changesets: ["brave-cat"],
        })),
      };
    },
    contains: async (commit) => listHistory(world, local.head).includes(commit),
    async isBehindByVersionsOnly(head) {
      const history = listHistory(world, head);
      const missing = history.slice(0, history.indexOf(local.head));
      return (
        history.includes(local.head) && missing.every((id) => readCommit(world, id).isVersions)
      );
    },
    async catchUp(head) {
      await gate("catch up");
      local.head = head;
    },
    async writeVersions() {
      await gate("write versions");
      const before = readCommit(world, local.head);
      const id = `${before.id}v`;
      const raised = Object.entries(before.pending).map(([service, size]) => [
        service,
        bump(before.versions[service] ?? "", size),
      ]);
      world.commits.set(id, {
        ...before,
        id,
        parent: before.id,
        isVersions: true,
        versions: { ...before.versions, ...Object.fromEntries(raised) },
        pending: {},
      });
      return id;
    },
  };
}

type Write = (text: string, change: () => void) => Promise<void>;

function createRemote(world: FakeReleaseWorld, gate: Gate, write: Write): ReleasePorts["remote"] {
  return {
    async read() {
      await gate("read git server");
      const claims = [...world.claims.keys()].map((name) => [name, "object"]);
      return {
        head: world.head,
        tags: Object.fromEntries(world.gitTags),
        claims: Object.fromEntries(claims),
      };
    },
    checkAccess: () => gate("ask git server"),
    async pushBranch(commit) {
      await gate(`push ${commit}`);
      if (commit === world.head) return "pushed";
      if (readCommit(world, commit).parent !== world.head) return "moved";
      world.writes.push(`push ${commit}`);
      world.head = commit;
      return "pushed";
    },
    async pushVersionBranch(commit) {
      await write(`push ${commit} to the version branch`, () => {});
      return "slipway/versions";
    },
    async readClaims(names) {
      await gate("read claims");
      return names.flatMap((name) => world.claims.get(name) ?? []);
    },
    async claim(claims) {
      const held: Claim[] = [];
      for (const claim of claims) {
        await gate(`claim ${claim.name}`);
        if (!world.claims.has(claim.name)) {
          world.writes.push(`claim ${claim.name}`);
          world.claims.set(claim.name, claim);
        }
        held.push(world.claims.get(claim.name) ?? claim);
      }
      return held;
    },
    async pushTags(claims) {
      for (const { name, service, commit, released } of claims) {
        await gate(`tag ${name}`);
        const object = `${commit} ${released.digest}`;
        const before = world.gitTags.get(name);
        if (before === object) continue;
        world.writes.push(`tag ${name}`);
        if (before !== undefined) world.violations.push(`git tag ${name} moved`);
        if (!world.imageTags.has(`${service}:${released.version}`)) {
          world.violations.push(`git tag ${name} before its image`);
        }
        world.gitTags.set(name, object);
      }
    },
  };
}

function createStore(world: FakeReleaseWorld, gate: Gate, write: Write): ReleasePorts["store"] {
  return {
    checkAccess: () => gate("ask registry"),
    async listVersions(service) {
      await gate(`list ${service}`);
      return [...world.imageTags.keys()]
        .filter((tag) => tag.startsWith(`${service}:`))
        .map((tag) => tag.slice(service.length + 1));
    },
    async readDigest(service, reference) {
      await gate(`look at ${service}:${reference}`);
      if (world.images.has(`${service}@${reference}`)) return reference;
      return world.imageTags.get(`${service}:${reference}`) ?? null;
    },
    async readLabels(service, digest) {
      await gate(`read ${service}`);
      const image = world.images.get(`${service}@${digest}`);
      return { version: image?.version ?? null, imageKey: image?.imageKey ?? null };
    },
    async putTag(service, digest, tag) {
      await write(`put ${service}:${tag}`, () => {
        const before = world.imageTags.get(`${service}:${tag}`);
        if (valid(tag) !== null && before !== undefined && before !== digest) {
          world.violations.push(`${service}:${tag} overwritten`);
        }
        if (!world.images.has(`${service}@${digest}`)) {
          world.violations.push(`${service}:${tag} names nothing`);
        }
        world.imageTags.set(`${service}:${tag}`, digest);
      });
    },
    async readNewestSet() {
      await gate("read sets");
      const counted = world.sets.filter(({ sequence }) => sequence !== null);
      const newest = counted.toSorted((a, b) => (b.sequence ?? 0) - (a.sequence ?? 0))[0];
      return newest?.set ?? null;
    },
    async putSet(set, sequence) {
      if (world.sets.some((each) => each.set.id === set.id)) return;
      for (const [service, { version, digest }] of Object.entries(set.services)) {
        if (world.imageTags.get(`${service}:${version}`) === digest) continue;
        world.violations.push(`${set.id} before ${service}:${version}`);
      }
      await write(`put ${set.id}`, () => world.sets.push({ set, sequence }));
    },
  };
}

function buildFakeImage(commit: FakeCommit, service: string): ReleasedService {
  const version = commit.versions[service] ?? "";
  const content = commit.content[service] ?? "";
  return {
    ...buildRelease(service, { version }),
    digest: `sha256:${hashContent([service, version, content, commit.id])}`,
    imageKey: `sha256:${hashContent([service, content])}`,
  };
}
