import { readFile } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { buildImages } from "../../src/images/build-images.ts";
import {
  build,
  commit,
  diffLayers,
  edit,
  listLayers,
  replaceAll,
  runService,
  unpack,
} from "../fixtures/built-images.ts";
import { createImageWorkspace } from "../fixtures/image-workspace.ts";
import { requireProgram } from "../fixtures/require-program.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";

test("puts native packages, bundled packages and own code into layers of their own", async () => {
  const workspace = await createImageWorkspace();

  const [hello, plain] = await build(workspace);

  expect(await listLayers(workspace, hello)).toMatchInlineSnapshot(`
    {
      "app": [
        "app/main.js",
        "app/migrations/0001_names.sql",
        "app/package.json",
      ],
      "deps": [
        "app/node_modules/machine-code-linux-x64/index.js",
        "app/node_modules/machine-code-linux-x64/package.json",
        "app/node_modules/machine-code/index.js",
        "app/node_modules/machine-code/package.json",
      ],
      "vendor": [
        "app/vendor.js",
      ],
    }
  `);
  expect(plain?.layers.map(({ name }) => name)).toEqual(["vendor", "app"]);
  expect(hello?.released).toMatchObject({ version: "1.2.3", schema: { min: 0, max: 1 } });
});

test("no path of this machine gets into an image", async () => {
  const workspace = await createImageWorkspace();
  const [hello] = await build(workspace);

  const { folder } = await unpack(workspace, hello);
  const found = await execa("grep", ["-rl", workspace, folder], { reject: false });

  expect(found.stdout).toBe("");
});

test("in deps mode every package stays outside the bundle", async () => {
  const workspace = await createImageWorkspace();
  await edit(workspace, "services/hello/package.json", (text) =>
    text.replace('"drainSeconds": 1', '"drainSeconds": 1, "image": { "mode": "deps" }'),
  );

  const [hello] = await build(workspace);
  const { folder } = await unpack(workspace, hello);
  const { stdout } = await execa("find", ["app/node_modules", "-type", "f"], { cwd: folder });

  expect(stdout.split("\n").toSorted()).toContain("app/node_modules/new-style/index.js");
  expect(await runService(folder)).toMatchObject({ text: "HELLO, 42!!" });
});

test("packs assets that the service's build script makes, and rebuilds them when a source changes", async () => {
  const workspace = await createImageWorkspace({
    "services/plain/pages/index.html": "<h1>One</h1>",
    "services/plain/build.mjs":
      "import { cpSync } from 'node:fs'; cpSync('pages', 'dist/public', { recursive: true });",
  });
  await edit(workspace, "services/plain/package.json", (text) =>
    text
      .replace('"drainSeconds": 1', '"drainSeconds": 1, "assets": "dist/public"')
      .replace('"type": "module"', '"type": "module", "scripts": { "build": "node build.mjs" }'),
  );
  const [before] = await buildImages({ workspace, commit, services: ["plain"] });
  const [again] = await buildImages({ workspace, commit, services: ["plain"] });
  await edit(workspace, "services/plain/pages/index.html", replaceAll("One", "Two"));

  const [after] = await buildImages({ workspace, commit, services: ["plain"] });
  const { folder } = await unpack(workspace, after);

  expect(again).toEqual({ ...before, cached: true, reason: "unchanged" });
  expect(diffLayers(before, after)).toEqual(["assets"]);
  expect(await readFile(path.join(folder, "app/public/index.html"), "utf8")).toBe("<h1>Two</h1>");
});

test("a library and a service that mean different packages by one name each get theirs", async () => {
  const workspace = await createImageWorkspace({
    "libs/greeting/node_modules/old-style/package.json":
      '{ "name": "old-style", "version": "0.5.0" }',
    "libs/greeting/node_modules/old-style/index.js": "exports.shout = (text) => `<${text}>`;",
    "libs/greeting/src/index.ts": `
      import { shout } from "old-style";
      export function sayHello(name: string): string { return shout(name); }`,
  });
  const nested = { version: "0.5.0", integrity: "sha512-older" };
  const key = "libs/greeting/node_modules/old-style";
  await edit(workspace, "package-lock.json", addLocked(key, nested, "libs/greeting"));
  await edit(workspace, "node_modules/.package-lock.json", addLocked(key, nested));

  const [hello] = await build(workspace);
  const { folder } = await unpack(workspace, hello);

  expect(await runService(folder)).toMatchObject({ text: "<42>!!" });
});

test("shows what a failing build script said, without its stack", async () => {
  const workspace = await createImageWorkspace({
    "services/plain/build.mjs": "throw new Error(`no pages in ${process.cwd()}/pages`);",
  });
  await edit(workspace, "services/plain/package.json", (text) =>
    text
      .replace('"drainSeconds": 1', '"drainSeconds": 1, "assets": "dist/public"')
      .replace('"type": "module"', '"type": "module", "scripts": { "build": "node build.mjs" }'),
  );

  await expect(build(workspace)).rejects.toMatchObject({
    code: "IMAGE_BUILD_FAILED",
    message: 'The script "build" of plain failed.',
    details: expect.arrayContaining(["Error: no pages in services/plain/pages"]),
    hint: "Run it by hand: npm run build --workspace=@fixture/plain",
  });
});

test("the unpacked image runs with node alone", async () => {
  const workspace = await createImageWorkspace();
  const [hello] = await build(workspace);

  const { folder, config } = await unpack(workspace, hello);
  const answer = await runService(folder, config.config.Env);

  expect(config.config).toMatchObject({
    User: "65532:65532",
    WorkingDir: "/app",
    Entrypoint: ["node", "main.js"],
  });
  expect(answer).toEqual({
    text: "HELLO, 42!!",
    folder: path.join(folder, "app"),
    version: "1.2.3",
    commit,
  });
});

test("skopeo reads and copies the image", async (context) => {
  await requireProgram(context, ["skopeo", "--version"], "Install it: apt-get install skopeo");
  const workspace = await createImageWorkspace();
  const [hello] = await build(workspace);
  const source = `oci:${workspace}/dist/images/hello:1.2.3`;

  const inspected = await execa("skopeo", ["inspect", source]);
  await execa("skopeo", ["copy", source, `dir:${await createTestFolder("copy-")}`]);

  expect(JSON.parse(inspected.stdout)).toMatchObject({
    Digest: hello?.digest,
    Os: "linux",
    Labels: { "org.opencontainers.image.version": "1.2.3", "org.aegee.slipway.base": "embedded" },
  });
});

function addLocked(key: string, locked: object, user?: string): (text: string) => string {
  return (text) => {
    const lock = JSON.parse(text);
    lock.packages[key] = locked;
    Object.assign(
      lock.packages[user ?? key],
      user === undefined ? {} : { dependencies: { "old-style": "*" } },
    );
    return JSON.stringify(lock);
  };
}
