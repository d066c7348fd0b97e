import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createCliInMemory } from "../../test/fakes/run-cli-in-memory.ts";

const first = buildSet({ core: { database: true }, events: { needs: ["core"] } });
const second = buildSet({ core: { database: true }, events: { needs: ["core"], image: "2" } });

/** Times differ from run to run. */
function settle(text: string): string {
  return text.replaceAll(/\d+\.\d s/g, "N s");
}

test("shows the plan, each step, what to do next; prints only the address to stdout", async () => {
  const cli = await createCliInMemory(first);

  const { exitCode, stdout, stderr } = await cli.run("deploy", "--env=local");

  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "http://localhost:8080\n" });
  expect(settle(stderr)).toMatchInlineSnapshot(`
    "Plan for local (2 of 2 services change)

         service  running  wanted  image
      +  core     none     1.0.0   sha256:11111111
      +  events   none     1.0.0   sha256:11111111

      migrations: core to 1

      ✔ core         database ready
      ✔ core         migrated
      ✔ core         test data written
      ✔ core         ready
      ✔ core         traffic on 1.0.0
      ✔ events       ready
      ✔ events       traffic on 1.0.0

    Deployed 2 services in local in N s.

      Address  http://localhost:8080
      Inbox    http://localhost:8080/inbox

    "
  `);
});

test("says in one line that there is nothing to do, and takes no lock", async () => {
  const cli = await createCliInMemory(first);
  await cli.run("deploy");
  const { epoch } = await cli.store.readLease();
  cli.world.calls.length = 0;

  const { exitCode, stdout, stderr } = await cli.run("deploy");

  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: "http://localhost:8080\n",
    stderr: "No change: local runs all 2 services as wanted.\n",
  });
  expect(cli.world.calls).toEqual([]);
  expect((await cli.store.readLease()).epoch).toBe(epoch);
});

test("shows the failing probe, the log, what holds and what to run next", async () => {
  const cli = await createCliInMemory(first, { faults: { exits: ["events@2"] } });
  await cli.run("deploy");
  cli.build(second);

  const { exitCode, stdout, stderr } = await cli.run("deploy");

  expect({ exitCode, stdout }).toEqual({ exitCode: 14, stdout: "" });
  expect(settle(stderr)).toMatchInlineSnapshot(`
    "Plan for local (1 of 2 services changes)

         service  running  wanted  image
      ~  events   1.0.0    1.0.0   11111111 → sha256:22222222

      old instances to stop: 1

      ✖ events       events@1.0.0 ended by itself with exit code 1.

        | listening
        | Error: no database

    events@1.0.0 ended by itself with exit code 1.
    Nothing changed for users: the versions before keep serving. Read its log: npx nx run tools:logs --env=local
    [INSTANCE_EXITED]
    "
  `);
});

test("goes back, pins, and then refuses what was blocked", async () => {
  const cli = await createCliInMemory(first);
  await cli.run("deploy");
  cli.build(second);
  await cli.run("deploy");

  const back = await cli.run("rollback", "--service=events", "--reason=wrong dates");
  const again = await cli.run("deploy");
  const forced = await cli.run("deploy", "--force", "--reason=it is fine");

  expect([back.exitCode, again.exitCode, forced.exitCode]).toEqual([0, 13, 0]);
  expect(again.stderr).toContain("(wrong dates)");
  expect(again.stderr).toContain("[RELEASE_BLOCKED]");
});

test("answers status as one JSON document", async () => {
  const cli = await createCliInMemory(first);
  await cli.run("deploy");

  const { stdout } = await cli.run("status", "--json");

  expect(JSON.parse(stdout)).toMatchObject({
    type: "status",
    version: 1,
    environment: "local",
    address: "http://localhost:8080",
    services: [
      { name: "core", version: "1.0.0", health: "healthy", pinned: false, drift: null },
      { name: "events", version: "1.0.0", digest: `sha256:${"1".repeat(64)}` },
    ],
  });
});

test("tells what drifted, and reconcile brings it back", async () => {
  const cli = await createCliInMemory(first);
  await cli.run("deploy");
  cli.world.instances.delete("events-11111111-1");

  const drifted = await cli.run("status");
  const repaired = await cli.run("reconcile");
  const healed = await cli.run("status", "--json");

  expect(drifted.stdout).toContain("not running");
  expect(repaired.exitCode).toBe(0);
  expect(JSON.parse(healed.stdout).services[1]).toMatchObject({ health: "healthy", drift: null });
});

test("prints one JSON object a line while deploying, each with type and version", async () => {
  const cli = await createCliInMemory(first);

  const { stdout, stderr } = await cli.run("deploy", "--json");

  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.every(({ type, version }) => typeof type === "string" && version === 1)).toBe(true);
  expect(events.at(0)).toMatchObject({ type: "plan", environment: "local" });
  expect(events.at(-1)).toMatchObject({ type: "result", outcome: "committed" });
  expect(stderr).toBe("");
});

test("prints an error as JSON, too, when JSON was asked for", async () => {
  const cli = await createCliInMemory(first);

  const { exitCode, stdout } = await cli.run("rollback", "--service=events", "--json");

  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ type: "error", version: 1, code: "SERVICE_UNKNOWN" });
});

test("refuses to change anything without a terminal or --yes where a confirmation is due", async () => {
  const cli = await createCliInMemory(first, { confirm: "yes" });

  const refused = await cli.run("deploy");
  const confirmed = await cli.run("deploy", "--yes");

  expect([refused.exitCode, confirmed.exitCode]).toEqual([4, 0]);
  expect(refused.stderr).toContain("[CONFIRMATION_MISSING]");
});

test("a dry run changes nothing, and with --exit-code says whether there is something to do", async () => {
  const cli = await createCliInMemory(first);

  const { exitCode, stdout } = await cli.run("deploy", "--dry-run", "--exit-code");

  expect(exitCode).toBe(3);
  expect(stdout).toContain("Plan for local (2 of 2 services change)");
  expect(cli.world.calls).toEqual([]);
});

test("applies a saved plan, and refuses it once it was edited or the environment has changed", async () => {
  const cli = await createCliInMemory(first);
  await cli.run("deploy", "--dry-run", "--out=plan.json");
  const file = join(cli.folder, "plan.json");
  await writeFile(
    join(cli.folder, "edited.json"),
    (await readFile(file, "utf8")).replace('"core"', '"cone"'),
  );

  const edited = await cli.run("deploy", "--from=edited.json");
  const applied = await cli.run("deploy", "--from=plan.json");
  const stale = await cli.run("deploy", "--from=plan.json");

  expect([edited.exitCode, applied.exitCode, stale.exitCode]).toEqual([2, 0, 13]);
  expect(stale.stderr).toContain("[PLAN_STALE]");
});

test("exactly one of two operators runs, the other is told who", async () => {
  const cli = await createCliInMemory(first);

  const results = await Promise.all([cli.run("deploy"), cli.run("deploy")]);

  expect(results.map(({ exitCode }) => String(exitCode)).toSorted()).toEqual(["0", "12"]);
  const loser = results.find(({ exitCode }) => exitCode === 12);
  expect(loser?.stderr).toMatch(/local is locked: ada runs "deploy", begun 0 s ago/);
});

test("stops everything and can start it again", async () => {
  const cli = await createCliInMemory(first);
  await cli.run("deploy");

  const stopped = await cli.run("stop");
  const { stdout } = await cli.run("status", "--json");
  await cli.run("deploy");

  expect(stopped.stdout).toBe("local stopped\n");
  expect(JSON.parse(stdout).services[0]).toMatchObject({ health: "stopped" });
  expect(cli.world.routes.get("core")?.instance).toBe("core-11111111-2");
});

test("explains why a service runs its version, and lifts a pin", async () => {
  const cli = await createCliInMemory(first);
  await cli.run("deploy");
  cli.build(second);
  await cli.run("deploy");
  await cli.run("rollback", "--service=events", "--reason=wrong dates");

  const why = await cli.run("why", "events");
  const unpinned = await cli.run("unpin", "events");
  const after = await cli.run("deploy");

  expect(why.stdout).toContain("It is pinned by ada");
  expect(unpinned.stdout).toBe("Unpinned events\n");
  expect(after.exitCode).toBe(0);
});

test("has no open run to resume or revert", async () => {
  const cli = await createCliInMemory(first);

  const [resumed, reverted] = [await cli.run("resume"), await cli.run("revert")];

  expect([resumed.exitCode, reverted.exitCode]).toEqual([1, 1]);
  expect(resumed.stderr).toContain("[RUN_MISSING]");
});

test("resumes a run that was killed", async () => {
  const cli = await createCliInMemory(first);
  cli.store.killBefore(20);
  const killed = await cli.run("deploy");
  cli.store.killBefore(null);

  const resumed = await cli.run("resume");

  expect([killed.exitCode, resumed.exitCode]).toEqual([11, 0]);
  expect(cli.world.routes.get("events")?.instance).toBe("events-11111111-1");
});

test("reverts a run that was killed", async () => {
  const cli = await createCliInMemory(first);
  cli.store.killBefore(20);
  await cli.run("deploy");
  cli.store.killBefore(null);

  const reverted = await cli.run("revert");

  expect(reverted.exitCode).toBe(0);
  expect(cli.world.instances.size).toBe(0);
});

test.each([
  [["statsu"], "Did you mean status?"],
  [["deploy", "--sevice=core"], "Did you mean --service?"],
  [["deploy", "core"], "See: npx slipway --help"],
  [["deploy", "--env"], "See: npx slipway --help"],
  [["deploy", "--env=prod"], "tools/environments has: local."],
  [["deploy", "--port=http"], '--port wants a whole number from 1 to 65535, not "http".'],
  [["deploy", "--force"], "--force overrides a block and wants a reason."],
  [["why"], "For example: npx slipway why events"],
])("%j ends with 2 and helps: %s", async (argv, help) => {
  const cli = await createCliInMemory(first);

  const { exitCode, stderr } = await cli.run(...argv);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(help);
});

test("touches nothing when Ctrl-C came before the plan", async () => {
  const cli = await createCliInMemory(first, { signal: AbortSignal.abort() });

  const { exitCode, stderr } = await cli.run("deploy");

  expect(exitCode).toBe(130);
  expect(stderr).toBe("\nInterrupted.\nNothing was touched.\n[INTERRUPTED]\n");
  expect(cli.world.calls).toEqual([]);
});

test("prints nothing but the result and errors when asked to be quiet", async () => {
  const cli = await createCliInMemory(first);

  const { stdout, stderr } = await cli.run("deploy", "--quiet");

  expect({ stdout, stderr }).toEqual({ stdout: "http://localhost:8080\n", stderr: "" });
});

test("deploys what a named service needs as well when it does not run yet", async () => {
  const cli = await createCliInMemory(buildSet({ events: { needs: ["core"] } }));
  const builds = [buildSet({ events: { needs: ["core"] } }), first];
  cli.buildNext(() => builds.shift() ?? first);

  const { exitCode, stderr } = await cli.run("deploy", "--service=events");

  expect(exitCode).toBe(0);
  expect(stderr).toContain("core must run first, so it is deployed, too.");
  expect([...cli.world.routes.keys()]).toEqual(["core", "events"]);
});

test("takes a flag's value after a space as well", async () => {
  const cli = await createCliInMemory(first);

  expect((await cli.run("status", "--env", "local")).exitCode).toBe(0);
});

test("shows the help of a command with two examples first", async () => {
  const cli = await createCliInMemory(first);

  const { exitCode, stdout } = await cli.run("rollback", "--help");

  expect(exitCode).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "Go back to the version before, pin it and block the bad one.

      $ npx slipway rollback --service=events
      $ npx slipway rollback --service=events --to=1.4.0

    Usage: npx slipway rollback [flags]

    Flags:
      --service <names>     only these services, separated by commas
      --to <version>        version or digest to go back to (default: the one before)
      --dry-run             print the plan and stop
      --plan <hash>         confirm the plan of this hash and no other, instead of a question
      --yes                 do not ask for confirmation
      --reason <text>       why; kept in the history
      --wait                wait while another run holds the lock

    Flags of every command:
      --env <name>          environment to work on (default: local)
      --json                print JSON: one document, or one object a line while working
      --quiet               print errors and the result only
      --no-color            print without colours

    Reference: docs/reference/commands.md
    "
  `);
});

test("shows a fault of its own with its stack and where to report it", async () => {
  const cli = await createCliInMemory(first);
  cli.store.read = () => Promise.reject(new TypeError("x is not a function"));

  const { exitCode, stderr } = await cli.run("status");

  expect(exitCode).toBe(1);
  expect(stderr).toContain("TypeError: x is not a function\n    at ");
  expect(stderr).toContain("Please report it");
});

test.each(["ENOSPC", "EDQUOT"])(
  "says on %s that the disk is full instead of a stack",
  async (code) => {
    const cli = await createCliInMemory(first);
    cli.store.read = () => Promise.reject(Object.assign(new Error(`${code}: write`), { code }));

    const { exitCode, stderr } = await cli.run("status");

    expect(exitCode).toBe(1);
    expect(stderr).toBe(`
This machine's disk is full: ${code}: write.
Make room and run this again: it goes on with what is missing. dist/image-cache may be deleted at any time.
[DISK_FULL]
`);
  },
);
