import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { createLocalHost } from "../../hosts/local-host.ts";
import { dropProject, keepProject, readProjects } from "./kept-projects.ts";

test("keeps what runs by name, and forgets what was stopped", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-projects-"));
  const host = createLocalHost({ name: "here", folder });
  onTestFinished(async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });
  const place = { environment: "test", folder };

  const before = await readProjects(host, place);
  await keepProject(host, place, { name: "slipway-test-core-1", content: "name: one\n" });
  await keepProject(host, place, { name: "slipway-test-core-2", content: "name: two\n" });
  await dropProject(host, place, "slipway-test-core-1");
  await dropProject(host, place, "slipway-test-core-0");

  expect(before).toBe("");
  expect(await readProjects(host, place)).toBe(
    `--- # ${folder}/compose/slipway-test-core-2.yaml\nname: two\n`,
  );
});
