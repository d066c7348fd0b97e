import { expect, test } from "vitest";

import { buildRelease } from "../../test/fakes/build-release.ts";
import { createReleaseSet } from "./create-release-set.ts";
import { planRelease } from "./plan-release.ts";
import type { ReleaseFacts, StoredService } from "./release-facts.ts";

const events = buildRelease("events", { version: "1.2.0" });

const stored: StoredService = {
  versions: ["1.1.0", "1.2.0"],
  latest: events.digest,
  highest: events.digest,
  latestVersion: "1.2.0",
  known: events,
  isPublished: true,
  hasRelease: true,
};

/** One service, released and announced everywhere. */
const complete: ReleaseFacts = {
  branch: "master",
  isMaintenance: false,
  how: "push",
  checkout: {
    commit: "abc",
    branch: "master",
    isShallow: false,
    changedFiles: [],
    sequence: 3,
    services: [{ service: "events", packageName: "@x/events", version: "1.2.0", changelog: "" }],
    pending: [],
  },
  remote: {
    head: "abc",
    tags: { "events@1.2.0": "object" },
    claims: { "events@1.2.0": "object" },
  },
  newestSet: createReleaseSet("abc", { events }),
  stored: { events: stored },
};

const pending = [
  {
    packageName: "@x/events",
    type: "minor" as const,
    from: "1.2.0",
    to: "1.3.0",
    changesets: ["brave-cat"],
  },
];

function listKinds(facts: ReleaseFacts): string[] {
  return planRelease(facts).steps.map(({ kind }) => kind);
}

function withStored(changes: Partial<StoredService>): ReleaseFacts {
  return { ...complete, stored: { events: { ...stored, ...changes } } };
}

test("there is nothing to do when everything is where it should be", () => {
  expect(planRelease(complete)).toMatchObject({
    services: [{ service: "events", from: "1.2.0", to: "1.2.0", action: "keep" }],
    steps: [],
  });
});

test("a waiting changeset brings a version, an image, and everything that names it, in this order", () => {
  const checkout = { ...complete.checkout, pending };

  const plan = planRelease({ ...complete, checkout });

  expect(plan.services).toEqual([
    { service: "events", from: "1.2.0", to: "1.3.0", action: "release" },
  ]);
  expect(plan.steps).toEqual([
    { kind: "write-versions", versions: pending, how: "push" },
    { kind: "build", services: ["events"] },
    { kind: "publish", service: "events", version: "1.3.0" },
    { kind: "claim", names: ["events@1.3.0"] },
    { kind: "tag-image", service: "events", version: "1.3.0" },
    { kind: "write-set", services: { events: "1.3.0" } },
    { kind: "tag-commit", names: ["events@1.3.0"] },
    { kind: "create-release", name: "events@1.3.0" },
    { kind: "move-latest", service: "events", from: "1.2.0", to: "1.3.0" },
  ]);
});

test("a version pull request releases nothing yet", () => {
  const checkout = { ...complete.checkout, pending };

  const plan = planRelease({ ...complete, checkout, how: "pull-request" });

  expect(plan.steps).toEqual([{ kind: "write-versions", versions: pending, how: "pull-request" }]);
});

test.each([
  {
    missing: "git tag",
    facts: { ...complete, remote: { ...complete.remote, tags: {} } },
    kind: "tag-commit",
  },
  { missing: "GitHub release", facts: withStored({ hasRelease: false }), kind: "create-release" },
  { missing: "release set", facts: { ...complete, newestSet: null }, kind: "write-set" },
  {
    missing: "latest",
    facts: withStored({ latest: null, latestVersion: null }),
    kind: "move-latest",
  },
  {
    missing: "move of latest",
    facts: withStored({ latest: "sha256:old", latestVersion: "1.1.0" }),
    kind: "move-latest",
  },
])("only the $missing is made up for when only that is missing", ({ facts, kind }) => {
  expect(listKinds(facts)).toEqual([kind]);
});

test("an image that a killed release has claimed and sent is not built again", () => {
  const facts = withStored({ versions: ["1.1.0"], isPublished: true });

  expect(
    listKinds({ ...facts, newestSet: null, remote: { ...complete.remote, tags: {} } }),
  ).toEqual(["tag-image", "write-set", "tag-commit", "move-latest"]);
});

test.each([
  {
    what: "a higher version is there",
    changes: { versions: ["1.2.0", "1.3.0"], latestVersion: "1.3.0" },
  },
  { what: "latest says a higher version", changes: { latest: "sha256:x", latestVersion: "9.0.0" } },
])("latest stays when $what", ({ changes }) => {
  expect(listKinds(withStored(changes))).toEqual([]);
});

test("a pre-release never becomes latest", () => {
  const next = pending.map((each) => Object.assign({}, each, { to: "2.0.0-next.0" }));
  const checkout = { ...complete.checkout, pending: next };

  expect(listKinds({ ...complete, checkout })).not.toContain("move-latest");
});

test("a maintenance branch has no part in the newest set", () => {
  expect(listKinds({ ...complete, isMaintenance: true, newestSet: null })).toEqual([]);
});

test("a service that was taken away is missing from the next set", () => {
  const newestSet = createReleaseSet("abc", { events, gone: events });

  expect(planRelease({ ...complete, newestSet }).steps).toEqual([
    { kind: "write-set", services: { events: "1.2.0" } },
  ]);
});

test("a workspace without services has nothing to release", () => {
  const checkout = { ...complete.checkout, services: [] };

  expect(listKinds({ ...complete, checkout, newestSet: null, stored: {} })).toEqual([]);
});

test("the same facts give the same plan, byte for byte", () => {
  const checkout = { ...complete.checkout, pending };
  const plan = () => JSON.stringify(planRelease(structuredClone({ ...complete, checkout })));

  expect(new Set([plan(), plan(), plan()]).size).toBe(1);
});

test("announces no next version where nobody asks GitHub", () => {
  const checkout = { ...complete.checkout, pending };

  expect(listKinds({ ...withStored({ hasRelease: null }), checkout })).not.toContain(
    "create-release",
  );
  expect(listKinds({ ...complete, checkout })).toContain("create-release");
});
