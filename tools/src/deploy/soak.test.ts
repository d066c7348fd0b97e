import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createFakeEnvironment, policy } from "../../test/fakes/fake-environment.ts";
import { SlipwayError } from "../errors.ts";

const before = buildSet({ core: {}, events: {} });
const after = buildSet({ core: { image: "2" }, events: { image: "2" } });
const soaking = { policy: { ...policy, soakSeconds: 30 } };

/** The new core becomes bad when it has been watched for a while. */
function spoil(environment: ReturnType<typeof createFakeEnvironment>, spoilNow: () => void): void {
  const runtime = { ...environment.runtime };
  let probes = 0;
  environment.runtime.probe = (id, path) => {
    if (id === "core-22222222-2" && path === "/readiness" && (probes += 1) === 6) spoilNow();
    return runtime.probe(id, path);
  };
}

test("brings everything back when a new version is not well any more while it is watched", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(before);
  spoil(environment, () => environment.faults.unready.push("core@2"));

  await expect(environment.deploy(after, soaking)).rejects.toMatchObject({
    code: "SOAK_FAILED",
    exitCode: 10,
    details: expect.arrayContaining(['GET /readiness: 503 {"success":false,"message":"database"}']),
  });

  expect(environment.traffic()).toEqual({ core: "1", events: "1" });
  expect(environment.instances.size).toBe(2);
});

test("lets one bad answer pass", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(before);
  const runtime = { ...environment.runtime };
  let probes = 0;
  environment.runtime.probe = async (id, path) => {
    const isBad = id === "core-22222222-2" && (probes += 1) === 6;
    return isBad ? null : runtime.probe(id, path);
  };

  await environment.deploy(after, soaking);

  expect(environment.traffic()).toEqual({ core: "2", events: "2" });
});

test("leaves everything as it is where the policy wants a person to decide", async () => {
  const environment = createFakeEnvironment({ frontDoorBroken: ["events@2"] });
  await environment.deploy(before);
  const ports = await environment.openPorts();
  const held = { ...ports, policy: { ...policy, onFailure: "hold" as const } };

  await expect(environment.apply(await environment.plan(after), held)).rejects.toMatchObject({
    code: "RUN_HELD",
    exitCode: 11,
    hint: expect.stringContaining("tools:resume --env=local; or back: npx nx run tools:revert"),
  });

  expect(environment.traffic()).toEqual({ core: "2", events: "2" });
});

test("leaves everything as it is when the fault lies in the surroundings", async () => {
  const environment = createFakeEnvironment();
  await environment.deploy(before);
  const gateway = { ...environment.gateway };
  environment.gateway.probe = async (path) => {
    if (path.startsWith("/api/events")) throw new SlipwayError("DAEMON_FAILED", "It is gone.");
    return gateway.probe(path);
  };

  await expect(environment.deploy(after)).rejects.toMatchObject({ code: "RUN_HELD", exitCode: 11 });
});
