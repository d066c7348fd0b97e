import { expect, test, vi } from "vitest";

import { changeset, createReleaseWorkspace } from "../../test/release/release-workspace.ts";
import { createReleaseCheckout } from "./release-checkout.ts";

vi.setConfig({ testTimeout: 60_000 });

const options = { remote: "origin", branch: "master", identity: "Slipway <slipway@example.org>" };

test("describes the commit, what waits, and how far the branch has come", async () => {
  const { folder, git } = await createReleaseWorkspace({
    ".changeset/a.md": changeset(["@x/world"], "minor", "A new world."),
    "services/hello/CHANGELOG.md": "# @x/hello\n\n## 1.2.3\n\n- Hello.\n",
  });

  const state = await createReleaseCheckout({ ...options, workspace: folder }).read();

  expect(state).toEqual({
    commit: await git("rev-parse", "HEAD"),
    branch: "master",
    isShallow: false,
    changedFiles: [],
    sequence: 1,
    services: [
      { service: "hello", packageName: "@x/hello", version: "1.2.3", changelog: "- Hello." },
      { service: "world", packageName: "@x/world", version: "0.4.0", changelog: "" },
    ],
    pending: [
      { packageName: "@x/world", type: "minor", from: "0.4.0", to: "0.5.0", changesets: ["a"] },
    ],
  });
});

test("the same branch gives the same commit of versions in every clone, and stays as it is", async () => {
  const { folder, clone, git } = await createReleaseWorkspace({
    ".changeset/a.md": changeset(["@x/words"], "minor", 'Words `$(id)` & "quotes"; <b>.'),
  });
  const other = await clone();

  const [one, two] = await Promise.all([
    createReleaseCheckout({ ...options, workspace: folder }).writeVersions(),
    createReleaseCheckout({ ...options, workspace: other }).writeVersions(),
  ]);

  expect(one).toBe(two);
  expect(await git("status", "--porcelain")).toBe("");
  expect(await git("rev-parse", `${one}^`)).toBe(await git("rev-parse", "HEAD"));
});

test("catches up with versions, and knows other commits from them", async () => {
  const { folder, clone, merge, git } = await createReleaseWorkspace({
    ".changeset/a.md": changeset(["@x/words"], "minor", "Words."),
  });
  const behind = createReleaseCheckout({ ...options, workspace: await clone() });
  const commit = await createReleaseCheckout({ ...options, workspace: folder }).writeVersions();
  await git("push", "--quiet", "origin", `${commit}:refs/heads/master`);

  expect(await behind.contains(commit)).toBe(false);
  expect(await behind.isBehindByVersionsOnly(commit)).toBe(true);
  await behind.catchUp(commit);
  expect(await behind.read()).toMatchObject({ commit, sequence: 2, pending: [] });
  await git("pull", "--quiet", "--ff-only", "origin", "master");
  const plain = await merge("More", { "README.md": "Even more.\n" });
  expect(await behind.isBehindByVersionsOnly(plain)).toBe(false);
});

test.each(["$(touch x)", "a b", "Über", "-rf"])(
  "a folder named %s is refused before it could name an image",
  async (name) => {
    const { folder } = await createReleaseWorkspace({
      [`services/${name}/package.json`]: JSON.stringify({
        name: "@x/odd",
        version: "1.0.0",
        description: "Odd.",
        service: {
          port: 8084,
          routes: [],
          health: { liveness: "/", readiness: "/" },
          needs: { services: [] },
          secrets: [],
          resources: { memoryMb: 64 },
          drainSeconds: 1,
        },
      }),
    });

    await expect(
      createReleaseCheckout({ ...options, workspace: folder }).read(),
    ).rejects.toMatchObject({ code: "CONFIG_INVALID", message: expect.stringContaining(name) });
  },
);
