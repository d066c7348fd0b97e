import { expect, test } from "vitest";

import { type Command, describeEnvironment, openCommand } from "./open-command.ts";
import { changeset, releaseFiles } from "./release-workspace.ts";

/** Five releases to a real registry, each deployed once or twice. */
const slow = { timeout: 240_000 };

const gate = "gate: { verifiedIn: staging, withinDays: 1, soakMinutes: 0 }\n";

const exits = "setTimeout(() => process.exit(1), 1000);\n";

test(
  "from release to production, past a bad release, and back to the newest",
  slow,
  async (context) => {
    const command = await openCommand(context, {
      staging: describeEnvironment("staging", { soakSeconds: 3 }),
      production: describeEnvironment("production", { soakSeconds: 3, more: gate }),
    });
    const { run } = command;

    // A first release reaches production through staging only.
    await run("release");
    expect(await deploy(command, "staging")).toBe(0);
    expect(await deploy(command, "production")).toBe(13);
    expect((await run("verify", "--env=staging")).exitCode).toBe(0);
    expect(await deploy(command, "production")).toBe(0);

    // The next one is taken back by a person, and pinned.
    await release(command, "Second", "");
    expect(await deploy(command, "staging")).toBe(0);
    expect((await run("verify", "--env=staging")).exitCode).toBe(0);
    expect(await deploy(command, "production")).toBe(0);
    expect((await run("rollback", "--env=production", "--reason=Odd colours")).exitCode).toBe(0);
    expect(await readStatus(command)).toContain("is pinned by ada");
    expect(await deploy(command, "production")).toBe(13);

    // A broken one is caught in staging; who forces it into production gets the version before back.
    await release(command, "Third", exits);
    expect(await deploy(command, "staging")).toBe(10);
    expect(await deploy(command, "production")).toBe(13);
    expect(await deploy(command, "production", "--force", "--reason=I know better")).toBe(10);
    expect(await readStatus(command)).toContain("0.4.0");

    // The hotfix takes the usual way and lifts the pin.
    await release(command, "Fourth", "");
    expect(await deploy(command, "staging")).toBe(0);
    expect((await run("verify", "--env=staging")).exitCode).toBe(0);
    expect(await deploy(command, "production")).toBe(0);
    const status = await readStatus(command);
    expect(status).toContain("0.4.3");
    expect(status).not.toContain("pinned");
    const history = await run("history", "--env=production");
    await context.annotate(`production's history:\n${history.stdout}`);
  },
);

async function deploy({ run }: Command, environment: string, ...flags: string[]) {
  const { exitCode } = await run("deploy", `--env=${environment}`, ...flags);
  return exitCode;
}

async function readStatus({ run }: Command): Promise<string> {
  const { stdout } = await run("status", "--env=production");
  return stdout;
}

/** Merges a new text of the service `world`, with a changeset, and releases it. */
async function release({ workspace, run }: Command, text: string, extra: string): Promise<void> {
  const before = releaseFiles["services/world/src/main.ts"] ?? "";
  await workspace.merge(`Say ${text}`, {
    [`.changeset/${text.toLowerCase()}.md`]: changeset(["@x/world"], "patch", `${text}.`),
    "services/world/src/main.ts": before.replace('"world"', JSON.stringify(text)) + extra,
  });
  const { exitCode, stderr } = await run("release");
  expect([stderr, exitCode]).toEqual([expect.stringContaining("Released 1 service"), 0]);
}
