import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { expect, onTestFinished, test, vi } from "vitest";

import { copyWorkspace } from "../fixtures/copy-workspace.ts";
import { createImageWorkspace } from "../fixtures/image-workspace.ts";
import { writeFiles } from "../fixtures/test-folder.ts";

// Compiles, tests and deploys for real, on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const root = path.resolve(import.meta.dirname, "../../..");
const slipway = path.join(root, "tools/bin/slipway.js");
const locked = Object.fromEntries(
  ["@fastify/type-provider-typebox", "fastify", "kysely", "typebox"].map((name) => [
    `node_modules/${name}`,
    { version: "1.0.0" },
  ]),
);
const settings = `name: local
driver: process
source: working-tree
testData: true
gateway: { port: ${20_000 + Math.floor(Math.random() * 20_000)}, fallback: next free }
policy: { confirm: none, readinessSeconds: 60, soakSeconds: 0, keepWarmMinutes: 0 }
`;

test("a new service is in style, compiles, passes its tests, builds and deploys", async () => {
  const workspace = await copyWorkspace();
  await writeFiles(workspace, { "tools/environments/local.yaml": settings });
  const { run, runSlipway } = createRunners(workspace);
  const before = await readdir(path.join(workspace, "services"));
  onTestFinished(async () => void (await runSlipway("stop")));

  await runSlipway("new-service", "room-sharing", "--description=Rooms that members lend.");
  await run("npm", "install", "--package-lock-only", "--offline", "--ignore-scripts");
  await run("nx", "sync");
  await run("oxfmt", "--check", "services/room-sharing");
  await run("oxlint", "--deny-warnings", "services/room-sharing");
  await run("tsc", "--build", "services/room-sharing");
  await run("vitest", "run", "--root", "services/room-sharing");
  const image = await runSlipway("image", "room-sharing");
  const deployed = await runSlipway("deploy", "--service=core,mailer,room-sharing");

  const answer = await fetch(`${deployed.stdout}/api/room-sharing/healthcheck`);
  const refused = await fetch(`${deployed.stdout}/api/room-sharing/notes`);
  expect(image.stdout).toMatch(/^room-sharing@0\.1\.0 sha256:[0-9a-f]{64}$/);
  expect(await answer.json()).toMatchObject({
    data: { name: "room-sharing", description: "Rooms that members lend." },
  });
  expect(refused.status).toBe(401);
  expect(await readFile(path.join(workspace, "tsconfig.json"), "utf8")).toContain("room-sharing");
  expect(await readdir(path.join(workspace, "services"))).toEqual(
    [...before, "room-sharing"].toSorted(),
  );
});

test("takes the name as a flag too, and says what to run next", async () => {
  const { runSlipway } = createRunners(await createSmallWorkspace());

  const { stdout, stderr } = await runSlipway("new-service", "--name=polls");

  expect(stdout).toBe("services/polls");
  expect(stderr).toContain("npm install");
});

test.each([
  ["a service", "hello", "SERVICE_EXISTS"],
  ["a library", "greeting", "SERVICE_EXISTS"],
  ["an empty folder", "empty", "SERVICE_EXISTS"],
  ["a link into the void", "dangling", "SERVICE_EXISTS"],
  ["a way out", "../../polls", "FLAGS_INVALID"],
])("refuses the name of %s and leaves everything as it was", async (_what, name, code) => {
  const workspace = await createSmallWorkspace();
  await mkdir(path.join(workspace, "services/empty"));
  await symlink("nowhere", path.join(workspace, "services/dangling"));
  const before = await readdir(workspace, { recursive: true });

  const refused = await createRunners(workspace).trySlipway("new-service", name);

  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain(`[${code}]`);
  expect(await readdir(workspace, { recursive: true })).toEqual(before);
});

test("of two that write the same service at once, one does", async () => {
  const workspace = await createSmallWorkspace();
  const { trySlipway } = createRunners(workspace);

  const results = await Promise.all([
    trySlipway("new-service", "polls"),
    trySlipway("new-service", "polls"),
  ]);

  expect(results.map(({ exitCode }) => String(exitCode)).toSorted()).toEqual(["0", "2"]);
  expect(await readdir(path.join(workspace, "dist"))).toEqual([]);
});

function createSmallWorkspace(): Promise<string> {
  return createImageWorkspace({
    "tools/environments/local.yaml": "",
    "package-lock.json": JSON.stringify({ lockfileVersion: 3, packages: locked }),
  });
}

function createRunners(workspace: string) {
  const options = {
    cwd: workspace,
    localDir: root,
    preferLocal: true,
    env: { NX_DAEMON: "false", SLIPWAY_STATE: "" },
  };
  return {
    run: (program: string, ...args: string[]) => execa(program, args, options),
    runSlipway: (...args: string[]) => execa(process.execPath, [slipway, ...args], options),
    trySlipway: (...args: string[]) =>
      execa(process.execPath, [slipway, ...args], { ...options, reject: false }),
  };
}
