import { inc } from "semver";

import { formatCanonical } from "../../src/deploy/hash-content.ts";
import type { Claim } from "../../src/release/release-facts.ts";
import { formatReleaseName } from "../../src/release/release-plan.ts";
import type { ReleasedService, ReleaseSet } from "../../src/release/release-set.ts";

export type Size = "patch" | "minor" | "major" | "prerelease";

export interface FakeCommit {
  id: string;
  parent: string | null;
  isVersions: boolean;
  versions: Readonly<Record<string, string>>;
  /** Services with a waiting changeset. */
  pending: Readonly<Record<string, Size>>;
  /** What their images are made of. */
  content: Readonly<Record<string, string>>;
}

/** Git server, registry and GitHub, shared by all releases that run on them. */
export interface FakeReleaseWorld {
  commits: Map<string, FakeCommit>;
  head: string;
  gitTags: Map<string, string>;
  claims: Map<string, Claim>;
  /** `events@sha256:…` → the image. */
  images: Map<string, ReleasedService>;
  /** Digests of images whose layers are there. */
  layers: Set<string>;
  /** `events:1.2.0` → digest. */
  imageTags: Map<string, string>;
  sets: { set: ReleaseSet; sequence: number | null }[];
  releases: string[];
  /** Every change, in order. */
  writes: string[];
  /** What must never happen. */
  violations: string[];
}

export function createReleaseWorld(versions: Readonly<Record<string, string>>): FakeReleaseWorld {
  const content = Object.fromEntries(Object.keys(versions).map((service) => [service, "first"]));
  const first: FakeCommit = {
    id: "c0",
    parent: null,
    isVersions: false,
    versions,
    pending: {},
    content,
  };
  return {
    commits: new Map([["c0", first]]),
    head: "c0",
    gitTags: new Map(),
    claims: new Map(),
    images: new Map(),
    layers: new Set(),
    imageTags: new Map(),
    sets: [],
    releases: [],
    writes: [],
    violations: [],
  };
}

/** Merges a change of some services, with a changeset for each. */
export function mergeChange(
  world: FakeReleaseWorld,
  sizes: Readonly<Record<string, Size>>,
): string {
  const before = readCommit(world, world.head);
  const id = `c${world.commits.size}`;
  const content = Object.fromEntries(Object.keys(sizes).map((service) => [service, id]));
  world.commits.set(id, {
    ...before,
    id,
    parent: before.id,
    isVersions: false,
    pending: { ...before.pending, ...sizes },
    content: { ...before.content, ...content },
  });
  world.head = id;
  return id;
}

export function bump(version: string, size: Size): string {
  return inc(version, size, "next") ?? version;
}

export function listHistory(world: FakeReleaseWorld, head: string): string[] {
  const history: string[] = [];
  for (let id: string | null = head; id !== null; id = readCommit(world, id).parent) {
    history.push(id);
  }
  return history;
}

export function readCommit({ commits }: FakeReleaseWorld, id: string): FakeCommit {
  const commit = commits.get(id);
  if (commit === undefined) throw new Error(`There is no commit ${id}.`);
  return commit;
}

/** What is there in the end, without the way it came to be. */
export function describeWorld({ head, gitTags, imageTags, sets, releases }: FakeReleaseWorld) {
  return formatCanonical({
    head,
    gitTags: Object.fromEntries(gitTags),
    imageTags: Object.fromEntries(imageTags),
    sets: sets.map(({ set }) => set.id),
    releases: releases.toSorted(),
  });
}

/** `events@1.2.0` of each service that the branch's head has. */
export function listWanted(world: FakeReleaseWorld): string[] {
  const { versions } = readCommit(world, world.head);
  return Object.entries(versions).map(([service, version]) => formatReleaseName(service, version));
}
