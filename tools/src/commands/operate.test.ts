import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createCliInMemory } from "../../test/fakes/run-cli-in-memory.ts";

const tokens = [{ name: "TOKEN", generate: "service-token" }] as const;
const set = buildSet({ core: { database: true, secrets: [{ name: "API_KEY" }] }, events: {} });

test("a deployment names a missing secret before it touches anything, and works once it is set", async () => {
  const cli = await createCliInMemory(set, { input: "4711\n" });

  const refused = await cli.run("deploy");
  const touched = [...cli.world.calls];
  const stored = await cli.run("secrets", "set", "core/API_KEY");
  const deployed = await cli.run("deploy");

  expect([refused.exitCode, stored.exitCode, deployed.exitCode]).toEqual([14, 0, 0]);
  expect(refused.stderr).toContain("The secret core/API_KEY has no value.");
  expect(touched).toEqual([]);
  expect(cli.world.secrets.get("core/API_KEY")).toBe("4711");
});

test("never shows or keeps a secret's value but where it belongs", async () => {
  const cli = await createCliInMemory(set, { input: "correct-horse" });

  const stored = await cli.run("secrets", "set", "core/API_KEY", "--json");
  const listed = await cli.run("secrets", "list");
  const { records } = await cli.store.read();

  expect(listed.stdout).toBe("core/API_KEY\n");
  expect(JSON.stringify([stored, listed, records])).not.toContain("correct-horse");
  expect(records.map(({ event }) => event)).toEqual(["secret-changed"]);
});

test("hands a new value on with the next deployment, to the service that has it only", async () => {
  const cli = await createCliInMemory(set, { input: "4711" });
  await cli.run("secrets", "set", "core/API_KEY");
  await cli.run("deploy");
  await cli.run("secrets", "set", "core/API_KEY");

  const { stdout } = await cli.run("deploy", "--json");

  expect(stdout).toContain('"service":"core","action":"restart"');
  expect(stdout).toContain('"service":"events","action":"keep"');
});

test("rotates what was generated, and nothing else", async () => {
  const cli = await createCliInMemory(buildSet({ core: { secrets: [...tokens] } }));
  await cli.run("deploy");

  const rotated = await cli.run("secrets", "rotate", "core/TOKEN");
  const before = cli.world.secrets.get("core/TOKEN");
  await cli.run("secrets", "rotate", "core/TOKEN");
  const unknown = await cli.run("secrets", "rotate", "core/API_KEY");

  expect([rotated.exitCode, unknown.exitCode]).toEqual([0, 2]);
  expect(rotated.stdout).toBe("Changed core/TOKEN\n");
  expect(cli.world.secrets.get("core/TOKEN")).not.toBe(before);
});

test.each([
  [["secrets", "set", "core/DATABASE_URL"], "is made by Slipway itself."],
  [["secrets", "set", "../../etc/passwd"], "is no name of a secret."],
  [["secrets", "set", "core/key"], "is no name of a secret."],
  [["secrets", "set", "core/API_KEY"], "The secret's value is empty."],
  [["secrets", "sell"], 'secrets does not know "sell".'],
  [["secrets", "set", "core/API_KEY", "--file=nowhere"], "can't be read."],
])("%j ends with 2: %s", async (argv, sentence) => {
  const cli = await createCliInMemory(set);

  const { exitCode, stderr } = await cli.run(...argv);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(sentence);
  expect(cli.store.events()).toEqual([]);
});

test("a freeze keeps deployments out but not rollbacks, until it is ended", async () => {
  const small = buildSet({ events: {} });
  const cli = await createCliInMemory(small);
  await cli.run("deploy");
  cli.build(buildSet({ events: { image: "2" } }));
  await cli.run("deploy");
  const silent = await cli.run("freeze");
  await cli.run("freeze", "--reason=Agora");
  cli.build(buildSet({ events: { image: "3" } }));

  const refused = await cli.run("deploy");
  const back = await cli.run("rollback", "--service=events");
  await cli.run("unfreeze");
  const deployed = await cli.run("deploy");

  expect(silent.exitCode).toBe(2);
  expect([refused.exitCode, back.exitCode, deployed.exitCode]).toEqual([13, 0, 0]);
  expect(refused.stderr).toMatch(/ada has frozen it since .*: Agora\./);
});

test("a freeze ends by itself when its time is over", async () => {
  let laterMs = 0;
  const cli = await createCliInMemory(buildSet({ events: {} }), { laterMs: () => laterMs });
  await cli.run("freeze", "--reason=Agora", "--until=2026-11-23T13:00Z");

  const refused = await cli.run("deploy");
  laterMs = 3_600_000;
  const deployed = await cli.run("deploy");

  expect([refused.exitCode, deployed.exitCode]).toEqual([13, 0]);
});

test("restores a backup, keeps what was there, and lets the next deployment migrate again", async () => {
  const cli = await createCliInMemory(buildSet({ core: { database: true } }));
  await cli.run("deploy");
  cli.world.backups.set("core/before-record-9", "2026-11-23T11:00:00.000Z");

  const listed = await cli.run("restore", "core");
  const silent = await cli.run("restore", "core", "--backup=before-record-9");
  const restored = await cli.run("restore", "core", "--backup=before-record-9", "--reason=lost");
  const unknown = await cli.run("restore", "core", "--backup=nothing", "--reason=lost");

  expect(listed.stdout).toBe("before-record-9  1 h ago  0.0 MB\n");
  expect([silent.exitCode, restored.exitCode, unknown.exitCode]).toEqual([2, 0, 2]);
  expect(cli.world.calls.filter((call) => /back|restore/.test(call)).slice(0, 2)).toEqual([
    "back up core",
    "restore core",
  ]);
  expect(cli.store.events()).toContain("backup-restored");
});

const hook = "notifications: [{ urlFrom: HOOK_URL }]\n";
const env = { HOOK_URL: "https://hooks.example.org/T0/secret" };

test("tells a webhook that a deployment began and how it ended", async () => {
  const cli = await createCliInMemory(buildSet({ events: {} }), { more: hook, env });
  await cli.run("deploy", "--reason=first one");
  cli.world.faults.frontDoorBroken.push("events@2");
  cli.build(buildSet({ events: { image: "2" } }));
  await cli.run("deploy");
  cli.world.faults.exits.push("events@3");
  cli.build(buildSet({ events: { image: "3" } }));
  await cli.run("deploy");

  expect(cli.posted.map(({ document }) => Object(document).slipway.moment)).toEqual([
    "started",
    "committed",
    "started",
    "rolled back",
    "started",
    "failed",
  ]);
  expect(cli.posted[0]).toMatchObject({
    url: env.HOOK_URL,
    document: { text: expect.stringContaining("Why: first one") },
  });
});

test.each([
  ["its receiver fails", { hookFails: true, env }, "its receiver did not take it"],
  ["nobody says where to", { env: {} }, "neither HOOK_URL nor HOOK_URL_FILE gives an address"],
])("deploys all the same when %s, and tells no address", async (_why, wish, sentence) => {
  const cli = await createCliInMemory(buildSet({ events: {} }), { more: hook, ...wish });

  const { exitCode, stderr } = await cli.run("deploy");

  expect(exitCode).toBe(0);
  expect(stderr).toContain(`The notification to HOOK_URL was not sent: ${sentence}.`);
  expect(stderr).not.toContain("hooks.example.org");
});

test("tells only what is asked for", async () => {
  const more = "notifications: [{ urlFrom: HOOK_URL, on: [failed, rolled back] }]\n";
  const cli = await createCliInMemory(buildSet({ events: {} }), { more, env });

  await cli.run("deploy");

  expect(cli.posted).toEqual([]);
});

test("shows people a page until somebody opens the front door again", async () => {
  const cli = await createCliInMemory(set, { input: "4711" });
  await cli.run("secrets", "set", "core/API_KEY");
  await cli.run("deploy");

  const closed = await cli.run("maintenance", "--on", "--page=Back at 18:00.");
  const during = await cli.run("status");
  const opened = await cli.run("maintenance", "--off");
  const after = JSON.parse((await cli.run("status", "--json")).stdout);

  expect([closed.exitCode, opened.exitCode]).toEqual([0, 0]);
  expect(during.stdout).toMatch(/In maintenance by ada since .*: Back at 18:00\./);
  expect(after.maintenance).toBeNull();
  const doors = cli.world.calls.filter((call) => call.endsWith("the front door"));
  expect(doors).toEqual(["close the front door", "open the front door"]);
});

test.each([[["--on", "--off"]], [[]]])("asks which of both is meant: %j", async (flags) => {
  const cli = await createCliInMemory(set);

  const { exitCode, stderr } = await cli.run("maintenance", ...flags);

  expect(exitCode).toBe(2);
  expect(stderr).toContain("either --on or --off");
  expect(cli.world.calls).toEqual([]);
});

test("prints Compose files only where there are some", async () => {
  const cli = await createCliInMemory(set, { input: "4711" });
  await cli.run("secrets", "set", "core/API_KEY");
  await cli.run("deploy");

  const { exitCode, stderr } = await cli.run("compose");

  expect(exitCode).toBe(2);
  expect(stderr).toContain("local does not run in containers.");
});
