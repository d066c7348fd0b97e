import { expect, test } from "vitest";

import { createDeployWorkspace, type DeployWorkspace } from "../fixtures/deploy-workspace.ts";
import { runDocker } from "../fixtures/lab-host.ts";
import { requireLab } from "../fixtures/require-lab.ts";

test(
  "brings back data as they were before a migration, and keeps what was there instead",
  { timeout: 120_000 },
  async (context) => {
    requireLab(context);
    const workspace = await createDeployWorkspace({
      services: ["hello"],
      labHost: "here",
      database: true,
    });
    await workspace.slipway("deploy");
    await query(
      workspace,
      "SET ROLE hello; CREATE TABLE bodies (name text); INSERT INTO bodies VALUES ('AEGEE-Testburg')",
    );
    await workspace.editService("hello", '"first"', '"second"');
    const migrated = await workspace.slipway("deploy");
    await query(workspace, "TRUNCATE bodies");
    const [backup] = JSON.parse(
      (await workspace.slipway("restore", "hello", "--json")).stdout,
    ).backups;

    const restored = await workspace.slipway(
      "restore",
      "hello",
      `--backup=${backup.name}`,
      "--reason=lost bodies",
    );

    expect([migrated, restored].map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await query(workspace, "SELECT name FROM bodies")).toBe("AEGEE-Testburg");
    const { backups } = JSON.parse((await workspace.slipway("restore", "hello", "--json")).stdout);
    expect(backups).toHaveLength(2);
    expect((await workspace.slipway("history")).stdout).toContain("deploy committed");
  },
);

async function query({ environment }: DeployWorkspace, sql: string): Promise<string> {
  const container = `slipway-${environment}-database`;
  const script =
    'PGPASSWORD="$(cat "$POSTGRES_PASSWORD_FILE")" /usr/lib/postgresql/*/bin/psql -U postgres -d hello -qAtc "$0"';
  return runDocker("here", "exec", container, "sh", "-c", script, sql);
}
