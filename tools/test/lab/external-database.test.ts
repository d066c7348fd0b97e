import { randomBytes } from "node:crypto";
import { chmod } from "node:fs/promises";

import { expect, onTestFinished, test } from "vitest";

import { createDeployWorkspace } from "../fixtures/deploy-workspace.ts";
import { listContainers, runDocker } from "../fixtures/lab-host.ts";
import { requireLab } from "../fixtures/require-lab.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

const password = "sesame-external-4711";

test(
  "uses a database server of somebody else's, with its password as a secret only",
  { timeout: 120_000 },
  async (context) => {
    const { images } = requireLab(context);
    const server = `external-${randomBytes(3).toString("hex")}`;
    const address = await startServer(server, images.postgres);
    const workspace = await createDeployWorkspace({
      services: ["hello"],
      labHost: "here",
      database: true,
      databaseUrl: `postgres://postgres@${address}/postgres`,
    });
    await writeFiles(workspace.folder, { "password.txt": password });

    const refused = await workspace.slipway("deploy");
    const set = await workspace.slipway(
      "secrets",
      "set",
      "database/POSTGRES_PASSWORD",
      "--file=password.txt",
    );
    const deployed = await workspace.slipway("deploy");
    await workspace.editService("hello", '"first"', '"second"');
    const again = await workspace.slipway("deploy");

    expect(refused.exitCode).toBe(14);
    expect(refused.stderr).toContain("secrets set database/POSTGRES_PASSWORD");
    expect([set, deployed, again].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    const names = await runDocker("here", "ps", "-a", "--format={{.Names}}");
    expect(names).not.toContain(`slipway-${workspace.environment}-database`);
    expect(await listContainers("here", workspace.environment)).toHaveLength(1);
    const { backups } = JSON.parse((await workspace.slipway("restore", "hello", "--json")).stdout);
    expect(backups).toHaveLength(1);
    expect(JSON.stringify([refused, set, deployed, again])).not.toContain(password);
  },
);

/** Beside the environment, as somebody else's would be. */
async function startServer(name: string, image: string): Promise<string> {
  onTestFinished(async () => {
    await runDocker("here", "rm", "--force", "--volumes", name);
  });
  const folder = await createTestFolder("password-");
  await writeFiles(folder, { password });
  const settings = [
    "--publish=10.213.0.1::5432",
    "--user=999:999",
    "--tmpfs=/var/run/postgresql:uid=999,gid=999,mode=0775",
    "--env=PGDATA=/tmp/data",
    "--env=POSTGRES_PASSWORD_FILE=/password",
    `--volume=${folder}/password:/password:ro`,
  ];
  await chmod(folder, 0o755);
  const command = ["postgres", "-c", "listen_addresses=*"];
  await runDocker("here", "run", "-d", "--name", name, ...settings, image, ...command);
  return (await runDocker("here", "port", name, "5432/tcp")).trim();
}
