import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test, type TestContext, vi } from "vitest";

import { systemClock } from "../../src/deploy/system-clock.ts";
import { createReleaseCheckout } from "../../src/git/release-checkout.ts";
import { createReleaseRemote } from "../../src/git/release-remote.ts";
import { createGitHub } from "../../src/github/octokit-github.ts";
import { createDistributionRegistry } from "../../src/registries/distribution.ts";
import type { Registry } from "../../src/registries/registry.ts";
import { createReleaseStore } from "../../src/registries/release-store.ts";
import type { ReleaseEvent, ReleasePorts, ReleaseWish } from "../../src/release/release-ports.ts";
import { runRelease } from "../../src/release/run-release.ts";
import { registryLogin, startDockerRegistry } from "../fixtures/start-docker-registry.ts";
import { startGitHub, type GitHubStandIn } from "./github-stand-in.ts";
import { createHandmadeImages } from "./handmade-images.ts";
import { changeset, createReleaseWorkspace, type ReleaseWorkspace } from "./release-workspace.ts";

/** Each runs git some eighty times. */
vi.setConfig({ testTimeout: 120_000 });

const wish: ReleaseWish = {
  branch: "master",
  maintenancePrefix: "support/",
  how: "push",
  mayChange: true,
};

interface RealWorld {
  workspace: ReleaseWorkspace;
  registry: Registry;
  github: GitHubStandIn;
  events: ReleaseEvent[];
  open: (folder?: string, changes?: Partial<ReleasePorts>) => ReleasePorts;
}

async function openWorld(context: TestContext, files = {}): Promise<RealWorld> {
  const [workspace, name, github] = await Promise.all([
    createReleaseWorkspace(files),
    startDockerRegistry(context),
    startGitHub(),
  ]);
  const registry = createDistributionRegistry(name, { readCredentials: async () => registryLogin });
  const events: ReleaseEvent[] = [];
  return {
    workspace,
    registry,
    github,
    events,
    open(folder = workspace.folder, changes = {}) {
      const identity = "Slipway <slipway@example.org>";
      const options = { workspace: folder, remote: "origin", branch: "master", identity };
      return {
        checkout: createReleaseCheckout(options),
        remote: createReleaseRemote(options),
        store: createReleaseStore({ registry, namespace: "team" }),
        images: createHandmadeImages(folder, { registry, namespace: "team" }),
        github: createGitHub({
          repository: "team/place",
          token: "s3cret",
          baseUrl: github.url,
          retryMs: 1,
        }),
        clock: systemClock,
        report: (event) => events.push(event),
        confirm: async () => {},
        signal: new AbortController().signal,
        ...changes,
      };
    },
  };
}

const wordsChange = {
  ".changeset/brave-cat.md": changeset(
    ["@x/words"],
    "minor",
    "Words are `shorter` <now> $(id) now.",
  ),
  "libs/words/src/index.ts": 'export const word = "hi";\n',
};

test("releases through a real git server and a real registry, then has nothing to do", async (context) => {
  const { workspace, registry, github, open, events } = await openWorld(context, wordsChange);

  const result = await runRelease(wish, open());
  const startedAt = performance.now();
  const again = await runRelease(wish, open());
  const noopMs = performance.now() - startedAt;

  expect(again.steps).toEqual([]);
  await context.annotate(`nothing to release: ${Math.round(noopMs)} ms`);
  expect(await registry.listTags("team/hello")).toEqual(["1.2.4", "latest"]);
  expect(await registry.listTags("team/world")).toEqual(["0.4.0", "latest"]);
  expect(result.set?.services).toMatchObject({
    hello: { version: "1.2.4" },
    world: { version: "0.4.0" },
  });
  expect(github.releases.map(({ tag }) => tag)).toEqual(["hello@1.2.4", "world@0.4.0"]);
  expect(github.faults).toEqual([]);
  expect(github.writes).toHaveLength(2);
  expect(await workspace.git("status", "--porcelain")).toBe("");
  expect(await workspace.git("log", "-1", "--format=%s|%an")).toBe(
    "Release @x/greeting@2.0.1, @x/hello@1.2.4, @x/words@1.1.0|Slipway",
  );
  expect(await workspace.git("ls-remote", "--tags", "origin", "refs/tags/hello*")).toContain(
    `${result.commit}\trefs/tags/hello@1.2.4^{}`,
  );
  expect(events.filter(({ type }) => type === "release-plan")).toHaveLength(2);
});

test("names in a changelog what changed in a library below a library", async (context) => {
  const { workspace, open } = await openWorld(context, wordsChange);

  await runRelease(wish, open());

  const read = (file: string) => readFile(path.join(workspace.folder, file), "utf8");
  expect(await read("services/hello/CHANGELOG.md")).toBe(`# @x/hello

## 1.2.4

### Patch Changes

- Updated libraries
  - @x/greeting@2.0.1
    - @x/words@1.1.0: Words are \`shorter\` <now> $(id) now.
`);
  const lock = JSON.parse(await read("package-lock.json"));
  expect(lock.packages["services/hello"].version).toBe("1.2.4");
  expect(lock.packages["libs/words"].version).toBe("1.1.0");
  await expect(read(".changeset/brave-cat.md")).rejects.toMatchObject({ code: "ENOENT" });
});

test("two checkouts that release at once make one release", async (context) => {
  const { workspace, registry, github, open } = await openWorld(context, wordsChange);
  const other = await workspace.clone();

  const [one, two] = await Promise.all([runRelease(wish, open()), runRelease(wish, open(other))]);

  expect(one.commit).toBe(two.commit);
  expect(one.set?.id).toBe(two.set?.id);
  expect(await registry.listTags("team/hello")).toEqual(["1.2.4", "latest"]);
  expect(github.releases.map(({ tag }) => tag).toSorted()).toEqual(["hello@1.2.4", "world@0.4.0"]);
});

test("computes the versions anew when somebody merges before they are pushed", async (context) => {
  const { workspace, open } = await openWorld(context, wordsChange);
  const folder = await workspace.clone();
  const ports = open(folder);
  let merges = 0;

  const result = await runRelease(wish, {
    ...ports,
    remote: {
      ...ports.remote,
      async pushBranch(commit) {
        if ((merges += 1) === 1) {
          await workspace.merge("Change the world", {
            ".changeset/calm-dog.md": changeset(["@x/world"], "major", "Another world."),
          });
        }
        return ports.remote.pushBranch(commit);
      },
    },
  });

  expect(merges).toBe(2);
  expect(result.set?.services).toMatchObject({
    hello: { version: "1.2.4" },
    world: { version: "1.0.0" },
  });
});

test("a hotfix of an older line leaves latest and the newest set alone", async (context) => {
  const { workspace, registry, open } = await openWorld(context);
  await runRelease(wish, open());
  await workspace.git("push", "--quiet", "origin", "HEAD:refs/heads/support/1.2");
  await workspace.merge("More", {
    ".changeset/a.md": changeset(["@x/hello"], "minor", "More."),
  });
  const newest = await runRelease(wish, open());
  await workspace.git("fetch", "--quiet");
  await workspace.git("switch", "--quiet", "support/1.2");
  await workspace.merge("Mend", {
    ".changeset/b.md": changeset(["@x/hello"], "patch", "Mend."),
  });
  const options = {
    workspace: workspace.folder,
    remote: "origin",
    branch: "support/1.2",
    identity: "Slipway <slipway@example.org>",
  };

  const hotfix = await runRelease(wish, {
    ...open(),
    remote: createReleaseRemote(options),
  });
  const store = createReleaseStore({ registry, namespace: "team" });

  expect(hotfix.set?.services["hello"]?.version).toBe("1.2.4");
  expect(await store.listVersions("hello")).toEqual(["1.2.3", "1.2.4", "1.3.0", "latest"]);
  expect(await store.readDigest("hello", "latest")).toBe(await store.readDigest("hello", "1.3.0"));
  expect((await store.readNewestSet())?.id).toBe(newest.set?.id);
});

test("puts the next versions into a pull request where the branch is protected", async (context) => {
  const { workspace, github, open } = await openWorld(context);
  await runRelease(wish, open());
  const head = await workspace.merge("Change words", wordsChange);

  const first = await runRelease({ ...wish, how: "pull-request" }, open());
  const writes = github.writes.length;
  await runRelease({ ...wish, how: "pull-request" }, open());

  expect(first.versionRequest).toBe("https://github.example/pull/1");
  expect(github.writes).toHaveLength(writes);
  expect(github.pulls[0]?.body).toContain("@\u200bx/words | 1.0.0 | 1.1.0 | minor |");
  expect(await workspace.git("ls-remote", "origin", "refs/heads/master")).toContain(head);
  await workspace.git("fetch", "--quiet", "origin", "slipway/versions");
  expect(await workspace.git("diff", "--name-only", head, "FETCH_HEAD")).toContain(
    "services/hello/CHANGELOG.md",
  );
});

test("refuses a tag in the registry that no release has put there", async (context) => {
  const { open } = await openWorld(context);
  const ports = open();
  const { commit } = await ports.checkout.read();
  const built = await ports.images.build(["hello"], commit);
  const digests = Object.values(built).map(({ digest }) => digest);
  await Promise.all(Object.values(built).map((image) => ports.images.publish("hello", image)));
  await ports.store.putTag("hello", digests.join(""), "1.2.3");

  await expect(runRelease(wish, open())).rejects.toMatchObject({ code: "VERSION_TAKEN" });
});

test.each([
  { how: "has changed files", act: ["rm", "services/hello/src/main.ts"], code: "CHECKOUT_DIRTY" },
  {
    how: "is another branch",
    act: ["switch", "--quiet", "--create", "a;$(id)|b&&c"],
    code: "BRANCH_WRONG",
  },
  {
    how: "is ahead of the git server",
    act: ["commit", "--quiet", "--allow-empty", "--no-verify", "-m", "More"],
    code: "CHECKOUT_AHEAD",
  },
])("refuses a checkout that $how, and touches nothing", async ({ act, code }) => {
  const workspace = await createReleaseWorkspace(wordsChange);
  const before = await workspace.git("ls-remote", "origin");
  await workspace.git(...act);

  const released = runRelease(wish, openOffline(workspace.folder));

  await expect(released).rejects.toMatchObject({ code });
  expect(await workspace.git("ls-remote", "origin")).toBe(before);
});

test("refuses a checkout that is behind, and one whose history is cut", async () => {
  const workspace = await createReleaseWorkspace();
  const behind = await workspace.clone();
  await workspace.merge("More", { "README.md": "More.\n" });
  const cut = `${behind}-cut`;
  await workspace.git("clone", "--quiet", "--depth=1", `file://${workspace.origin}`, cut);
  await expect(runRelease(wish, openOffline(behind))).rejects.toMatchObject({
    code: "CHECKOUT_BEHIND",
  });
  await expect(runRelease(wish, openOffline(cut))).rejects.toMatchObject({
    code: "HISTORY_SHALLOW",
  });
});

async function never(): Promise<never> {
  throw new Error("was asked");
}

/** Where a release is refused before it asks anything but git. */
function openOffline(folder: string): ReleasePorts {
  const identity = "Slipway <slipway@example.org>";
  const options = { workspace: folder, remote: "origin", branch: "master", identity };
  return {
    checkout: createReleaseCheckout(options),
    remote: createReleaseRemote(options),
    store: {
      checkAccess: never,
      listVersions: never,
      readDigest: never,
      readLabels: never,
      putTag: never,
      readNewestSet: async () => null,
      putSet: never,
    },
    images: { checkInputs: never, build: never, publish: never },
    github: null,
    clock: systemClock,
    report: () => {},
    confirm: never,
    signal: new AbortController().signal,
  };
}

/** Dies when the call has had its effect and before anybody knows of it. */
function dieAfter(ports: ReleasePorts, call: string): ReleasePorts {
  const [port = "", method = ""] = call.split(".");
  const target: object = Reflect.get(ports, port);
  const real: (...args: unknown[]) => Promise<unknown> = Reflect.get(target, method);
  const deadly = async (...args: unknown[]) => {
    await real(...args);
    throw new Error("killed");
  };
  return { ...ports, [port]: { ...target, [method]: deadly } };
}

test.for([
  "remote.pushBranch",
  "checkout.catchUp",
  "images.build",
  "images.publish",
  "remote.claim",
  "store.putTag",
  "store.putSet",
  "remote.pushTags",
  "github.createRelease",
])("killed right after %s, the next run ends where one run would have", async (call, context) => {
  const { workspace, registry, github, open } = await openWorld(context, wordsChange);
  await expect(runRelease(wish, dieAfter(open(), call))).rejects.toThrowError("killed");

  const next = await runRelease(wish, open(await workspace.clone()));
  const store = createReleaseStore({ registry, namespace: "team" });

  expect(await store.listVersions("hello")).toEqual(["1.2.4", "latest"]);
  expect(await store.readDigest("hello", "latest")).toBe(next.set?.services["hello"]?.digest);
  expect(await store.readNewestSet()).toEqual(next.set);
  expect(github.releases.map(({ tag }) => tag)).toEqual(["hello@1.2.4", "world@0.4.0"]);
  expect((await workspace.git("ls-remote", "--refs", "--tags", "origin")).split("\n")).toHaveLength(
    2,
  );
});
