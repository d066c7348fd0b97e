import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment, type FakeEnvironment } from "../../test/fakes/fake-environment.ts";
import { preflight } from "./preflight.ts";

const set = buildSet({
  core: { secrets: [{ name: "API_KEY" }, { name: "TOKEN", generate: "random" }] },
});

async function look(environment: FakeEnvironment): Promise<void> {
  await preflight(await environment.plan(set), await environment.openPorts());
}

test("finds nothing to say where everything is there", async () => {
  const environment = createFakeEnvironment();
  environment.secrets.set("core/API_KEY", "42");

  await expect(look(environment)).resolves.toBeUndefined();
});

test("names all that is lacking at once, and touches nothing", async () => {
  const environment = createFakeEnvironment();
  Object.assign(environment.host, { freeDiskMb: 12, freeMemoryMb: 10, clockAheadMs: -90_000 });

  await expect(look(environment)).rejects.toMatchObject({
    code: "PREFLIGHT_FAILED",
    exitCode: 14,
    details: [
      "here has 12 MB of disk left, expected 500.",
      "here has 10 MB of memory left; old and new side by side may need 64 more.",
      "The clock of here is -90 s ahead of this one.",
      "The secret core/API_KEY has no value. Set it: npx slipway secrets set core/API_KEY --env=local < file",
    ],
  });
  expect(environment.calls).toEqual([]);
});

test("does not wait for a host that does not answer", async () => {
  const environment = createFakeEnvironment();
  environment.platform.readHosts = () => new Promise(() => {});

  await expect(look(environment)).rejects.toMatchObject({
    code: "PREFLIGHT_FAILED",
    details: ["No answer within 5 s."],
  });
});
