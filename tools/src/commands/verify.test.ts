import { expect, test } from "vitest";

import { buildSet } from "../../test/fakes/build-release.ts";
import { createCliInMemory, type CliWish } from "../../test/fakes/run-cli-in-memory.ts";
import { writeFiles } from "../../test/fixtures/test-folder.ts";
import type { FlowsResult } from "../e2e/run-flows.ts";

type State = FlowsResult["flows"][number]["state"];

const set = buildSet({ core: { needs: ["mailer"] }, mailer: { smtp: true } });
const gate = "gate: { verifiedIn: staging, withinDays: 7 }\n";
const quiet = `name: quiet
driver: process
source: working-tree
testData: false
gateway: { port: 8080, fallback: next free }
policy: { confirm: none, readinessSeconds: 20, soakSeconds: 0, keepWarmMinutes: 0 }
`;

function buildFlows(...states: readonly State[]): FlowsResult {
  const flows = states.map((state) => ({
    flow: "agora",
    title: "A member applies",
    state,
    durationMs: 1500,
    error: state === "failed" ? "no button Apply" : null,
    leftOut: state === "skipped" ? "No Chromium found." : null,
  }));
  const isPassed = !states.includes("failed");
  return { durationMs: 1500, flows, errors: [], isPassed, report: "/tmp/report.html" };
}

/** `local` has a gate: it takes only what `staging` has verified, and `staging` runs the set. */
async function createCli(wish: CliWish = {}) {
  const more = { more: gate, others: { staging: "", quiet: "" } };
  const cli = await createCliInMemory(set, { flows: () => buildFlows("passed"), ...more, ...wish });
  await writeFiles(cli.folder, { "tools/environments/quiet.yaml": quiet });
  await cli.run("deploy", "--env=staging");
  return cli;
}

test("lists every check with what it tried, and opens the gate", async () => {
  const cli = await createCli();
  const before = await cli.run("deploy");

  const { exitCode, stdout, stderr } = await cli.run("verify", "--env=staging");

  expect([before.exitCode, exitCode, (await cli.run("deploy")).exitCode]).toEqual([13, 0, 0]);
  expect(stdout.replaceAll(/core-\w+-\d|mailer-\w+-\d/g, "ID").replaceAll(/ {2,}/g, "  ")).toBe(
    `✔  gateway  GET /.well-known/release-set  0.0 s
✔  core  GET /readiness of ID  0.0 s
✔  core  GET /api/core/healthcheck  0.0 s
✔  mailer  GET /readiness of ID  0.0 s
✔  mailer  GET /api/mailer/healthcheck  0.0 s
✔  mail  a mail from a sign-up to the inbox  0.0 s
✔  agora  A member applies  1.5 s

7 of 7 checks passed. ${set.id} is verified in staging.
`,
  );
  expect(stderr).toContain("Report: /tmp/report.html");
});

test("takes an earlier success back when a flow fails, and gives it again when it passes", async () => {
  const outcomes: State[] = ["passed", "failed", "passed"];
  const cli = await createCli({ flows: () => buildFlows(outcomes.shift() ?? "skipped") });

  const passed = await cli.run("verify", "--env=staging");
  const failed = await cli.run("verify", "--env=staging");
  const refused = await cli.run("deploy");
  const status = await cli.run("status", "--env=staging");
  const again = await cli.run("verify", "--env=staging");
  const taken = await cli.run("deploy");

  expect([passed, failed, refused, again, taken].map(({ exitCode }) => exitCode)).toEqual([
    0, 1, 13, 0, 0,
  ]);
  expect(failed.stdout).toContain("✖ agora: A member applies\n  no button Apply");
  expect(failed.stdout).toContain("what was verified before is revoked");
  expect(failed.stderr).toContain("npx nx run tools:logs --env=staging");
  expect(refused.stderr).toContain("staging found it broken");
  expect(status.stdout).toContain("Its tests failed on");
});

test("does not let the smoke test alone vouch for the set, but lets it take the word back", async () => {
  const faults: (string | null)[] = [null, "no mail came"];
  const cli = await createCli({ mailFault: () => faults.shift() ?? null });

  const part = await cli.run("verify", "--env=staging", "--smoke");
  const refused = await cli.run("deploy");
  const broken = await cli.run("verify", "--env=staging", "--smoke", "--json");

  expect([part.exitCode, refused.exitCode, broken.exitCode]).toEqual([0, 13, 1]);
  expect(part.stdout).toContain(`Nothing is recorded for ${set.id}: only a part was run.`);
  expect(refused.stderr).toContain("was never verified in staging");
  expect(JSON.parse(broken.stdout)).toMatchObject({ isPassed: false, isRecorded: true });
  expect((await cli.run("deploy")).stderr).toContain("staging found it broken");
});

test.for([
  { fault: "unready" as const, says: "✖ core: GET /readiness of" },
  { fault: "lies" as const, says: "it answers with version 9.9.9, expected version 1.0.0" },
  { fault: "frontDoorBroken" as const, says: "it answers with status 502" },
])("finds $fault, and leaves the flows out", async ({ fault, says }) => {
  const cli = await createCli({ others: { staging: "", quiet: "" } });
  cli.worldOf("staging").faults[fault].push("core@1");

  const { exitCode, stdout } = await cli.run("verify", "--env=staging");

  expect(exitCode).toBe(1);
  expect(stdout).toContain(says);
  expect(stdout).toContain("Left out: the flows, because the smoke test failed.");
});

test("finds a gateway that announces another set or sends people to another instance", async () => {
  const cli = await createCli();
  const { gateway, routes } = cli.worldOf("staging");
  const route = routes.get("core");
  await gateway.announce({ id: "set-000000000000" });
  routes.set("core", { service: "core", routes: [], address: null, ...route, instance: "old-1" });

  const { stdout } = await cli.run("verify", "--env=staging");

  expect(stdout).toContain(`it announces set-000000000000, expected ${set.id}`);
  expect(stdout).toContain("the gateway sends it to old-1, expected core-");
});

test("only reads where test data is not allowed, and records that", async () => {
  const cli = await createCli({ mailFault: () => "a mail was sent" });
  await cli.run("deploy", "--env=quiet");

  const { exitCode, stdout } = await cli.run("verify", "--env=quiet", "--json");

  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ suites: ["smoke"], isPassed: true, isRecorded: true });
  expect(stdout).toContain("because no test data is allowed here");
  expect(cli.storeOf("quiet").events().at(-1)).toBe("set-verified");
});

test.for([
  { name: "no flow ran", flows: buildFlows(), says: "No flow ran." },
  {
    name: "flows were left out",
    flows: buildFlows("passed", "skipped"),
    says: "agora: No Chromium found.",
  },
])("says neither yes nor no when $name", async ({ flows, says }) => {
  const cli = await createCli({ flows: () => flows });

  const { exitCode, stderr } = await cli.run("verify", "--env=staging");

  expect(exitCode).toBe(1);
  expect(stderr).toContain("[VERIFICATION_INCONCLUSIVE]");
  expect(stderr).toContain(says);
  expect(cli.storeOf("staging").events()).not.toContain("set-verified");
});

test("records nothing when another set was deployed meanwhile", async () => {
  const next = buildSet({ core: { image: "2", needs: ["mailer"] }, mailer: { smtp: true } });
  const cli = await createCli({
    async flows() {
      cli.build(next);
      await cli.run("deploy", "--env=staging");
      return buildFlows("passed");
    },
  });

  const { exitCode, stderr } = await cli.run("verify", "--env=staging");

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/staging was deployed to while the tests ran\..*\[VERIFICATION_STALE\]/s);
  expect(cli.storeOf("staging").events()).not.toContain("set-verified");
});

test("wants settings deployed before it tests them", async () => {
  const cli = await createCli();
  const moved = quiet.replace("name: quiet", "name: staging").replace("false", "true");
  await writeFiles(cli.folder, {
    "tools/environments/staging.yaml": `${moved}services: { core: { env: { COLOUR: blue } } }\n`,
  });

  const { exitCode, stderr } = await cli.run("verify", "--env=staging");

  expect(exitCode).toBe(1);
  expect(stderr).toContain("staging has settings that were not deployed yet: core.");
  expect(stderr).toContain("npx nx run tools:deploy --env=staging");
});

test("wants a running environment", async () => {
  const cli = await createCli();

  const { exitCode, stderr } = await cli.run("verify");

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/local does not run\..*\[ENVIRONMENT_STOPPED\]/s);
  expect(stderr).toContain("npx nx run tools:deploy --env=local");
});
