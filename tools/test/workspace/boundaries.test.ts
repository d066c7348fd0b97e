import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { execa } from "execa";
import { afterEach, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

test.each([
  {
    rule: "services-meet-over-http",
    from: "services/events/src/app.ts",
    to: "services/core/src/sessions.ts",
  },
  {
    rule: "libs-look-down-only",
    from: "libs/auth/src/index.ts",
    to: "services/core/src/sessions.ts",
  },
  {
    rule: "tools-leave-services-alone",
    from: "tools/src/main.ts",
    to: "services/core/src/sessions.ts",
  },
  {
    rule: "plans-are-pure",
    from: "tools/src/deploy/plan.ts",
    to: "tools/src/output/terminal.ts",
  },
  {
    rule: "adapters-come-from-outside",
    from: "tools/src/release/plan.ts",
    to: "tools/src/registries/oci-layout.ts",
  },
  {
    rule: "tests-stay-outside",
    from: "services/core/src/app.ts",
    to: "services/core/test/builders.ts",
  },
])("the boundary $rule bites", async ({ rule, from, to }) => {
  const folder = await createFolder({
    [from]: `import { value } from "${relativeImport(from, to)}";\nexport const copy = value;\n`,
    [to]: "export const value = 1;\n",
  });

  const result = await cruise(folder);

  expect(result.exitCode).not.toBe(0);
  expect(result.stdout).toContain(rule);
});

test("a planner that reads files is refused", async () => {
  const folder = await createFolder({
    "tools/src/deploy/plan.ts": 'export { readFile } from "node:fs/promises";\n',
  });

  const result = await cruise(folder);

  expect(result.exitCode).not.toBe(0);
  expect(result.stdout).toContain("plans-are-pure");
});

test("a circle of imports is refused", async () => {
  const folder = await createFolder({
    "services/core/src/a.ts": 'export { b } from "./b.ts";\nexport const a = 1;\n',
    "services/core/src/b.ts": 'export { a } from "./a.ts";\nexport const b = 1;\n',
  });

  const result = await cruise(folder);

  expect(result.exitCode).not.toBe(0);
  expect(result.stdout).toContain("no-cycles");
});

test("the clean check looks at every module, not at none", async () => {
  const folder = await createFolder({
    "services/core/src/app.ts": 'export { value } from "./value.ts";\n',
    "services/core/src/value.ts": "export const value = 1;\n",
  });

  const result = await cruise(folder);

  expect(result.exitCode).toBe(0);
  expect(result.stdout).toMatch(
    /no dependency violations found \(2 modules, 1 dependencies cruised\)/,
  );
});

async function createFolder(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "boundaries-"));
  folders.push(folder);
  for (const name of ["services", "libs", "tools"]) await mkdir(join(folder, name));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

function relativeImport(from: string, to: string): string {
  return `${"../".repeat(from.split("/").length - 1)}${to}`;
}

async function cruise(folder: string) {
  const config = join(root, ".dependency-cruiser.mjs");
  return execa("depcruise", ["--config", config, "services", "libs", "tools"], {
    cwd: folder,
    localDir: root,
    preferLocal: true,
    reject: false,
  });
}
