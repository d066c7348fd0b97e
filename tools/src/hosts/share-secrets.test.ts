import { chownSync, existsSync } from "node:fs";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";

import { expect, test } from "vitest";

import { leaveOut } from "../../test/fixtures/require-program.ts";
import { createTestFolder } from "../../test/fixtures/test-folder.ts";
import { createLocalHost } from "./local-host.ts";
import { shareSecrets } from "./share-secrets.ts";

async function createPlace(name: string) {
  const folder = await createTestFolder(`${name}-`);
  const place = { environment: "test", folder };
  return { host: createLocalHost({ name, folder }), place };
}

async function writeKey({ place }: Awaited<ReturnType<typeof createPlace>>): Promise<void> {
  await mkdir(join(place.folder, "secrets/core"), { recursive: true });
  await writeFile(join(place.folder, "secrets/core/API_KEY"), "sesame");
}

test("brings another host a service's secrets, with the way to the database as it is from there", async (context) => {
  if (process.getuid?.() !== 0)
    leaveOut(context, "Needs root, to give files to the services' user.");
  const [from, to] = await Promise.all([createPlace("a"), createPlace("b")]);
  const folder = join(from.place.folder, "secrets/core");
  await writeKey(from);
  await writeFile(join(folder, "DATABASE_URL"), "postgres://core:p%40ss@database:5432/core");
  const names = ["API_KEY", "DATABASE_URL", "NOT_YET"];

  await shareSecrets({ from, to, database: "10.0.0.11:15432" }, "core", names);

  const brought = join(to.place.folder, "secrets/core");
  expect(await readFile(join(brought, "API_KEY"), "utf8")).toBe("sesame");
  expect(await readFile(join(brought, "DATABASE_URL"), "utf8")).toBe(
    "postgres://core:p%40ss@10.0.0.11:15432/core",
  );
  expect((await stat(join(brought, "API_KEY"))).mode & 0o777).toBe(0o600);
  expect(existsSync(join(brought, "NOT_YET"))).toBe(false);
});

test("writes nothing that is already so", async (context) => {
  if (process.getuid?.() !== 0)
    leaveOut(context, "Needs root, to give files to the services' user.");
  const [from, to] = await Promise.all([createPlace("a"), createPlace("b")]);
  await Promise.all([from, to].map(writeKey));
  const file = join(to.place.folder, "secrets/core/API_KEY");
  chownSync(file, 4711, 4711);

  await shareSecrets({ from, to, database: "10.0.0.11:5432" }, "core", ["API_KEY"]);

  expect((await stat(file)).uid).toBe(4711);
});
