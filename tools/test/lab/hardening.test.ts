import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { createDeployWorkspace, type DeployWorkspace } from "../fixtures/deploy-workspace.ts";
import { runDocker } from "../fixtures/lab-host.ts";
import { requireLab } from "../fixtures/require-lab.ts";
import { writeFiles } from "../fixtures/test-folder.ts";

const limitMs = 120_000;
const secret = "correct-horse-4711";

test(
  "runs everything locked down, and keeps secrets and data where they belong",
  { timeout: limitMs },
  async (context) => {
    const lab = requireLab(context);
    const folder = lab.hosts.find(({ ssh }) => ssh === null)?.folder ?? "";
    const workspace = await createDeployWorkspace({ labHost: "here", database: true });
    await writeFiles(workspace.folder, { "value.txt": `${secret}\n` });
    const said = [
      await workspace.slipway("deploy", "--json"),
      await workspace.slipway("secrets", "set", "hello/API_KEY", "--file=value.txt"),
      await workspace.slipway("deploy", "--json"),
    ];
    const place = path.join(folder, workspace.environment);

    const [hello, world, gateway, database] = await inspect(workspace);

    expect(said.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    for (const container of [hello, world, gateway, database]) {
      expect(container).toMatchObject({
        Config: { User: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/) },
        HostConfig: {
          ReadonlyRootfs: true,
          CapDrop: ["ALL"],
          Privileged: false,
          SecurityOpt: ["no-new-privileges:true"],
          PidsLimit: 256,
          NanoCpus: 2e9,
          LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "3" } },
        },
      });
    }
    expect([hello, world, gateway, database].map(readMemoryMb)).toEqual([64, 64, 512, 2048]);
    expect([hello, world, database].map(listPorts)).toEqual([[], [], []]);
    expect(listPorts(gateway)).toEqual(["8080/tcp"]);
    expect([hello, world, gateway, database].map(listNetworks)).toEqual([
      ["data", "services"],
      ["services"],
      ["outside", "services"],
      ["data"],
    ]);

    const { stdout: projects } = await workspace.slipway("compose");
    expect(projects.match(/^name: .*$/gm)).toHaveLength(3);
    const text = JSON.stringify([await inspect(workspace), said, projects]);
    const ledger = await readFile(path.join(place, "ledger.jsonl"), "utf8");
    const logs = await readLogs(workspace);
    expect(ledger).toContain('"secret-changed"');
    const files = await listFiles(path.join(place, "secrets"));
    const values = await Promise.all(files.map((file) => readFile(file, "utf8")));
    expect(values).toContain(secret);
    for (const value of values) expect([text, ledger, logs].join("\n")).not.toContain(value);
    const modes = await Promise.all(files.map(async (file) => (await stat(file)).mode & 0o777));
    expect(new Set(modes)).toEqual(new Set([0o600]));
  },
);

interface Container {
  Name: string;
  HostConfig: { Memory: number; PortBindings: Record<string, unknown> | null };
  NetworkSettings: { Networks: Record<string, unknown> };
}

/** The two services, the gateway and the database. */
async function inspect({ environment }: DeployWorkspace): Promise<readonly Container[]> {
  const filter = `label=org.aegee.slipway.environment=${environment}`;
  const ids = await runDocker("here", "ps", "-aq", "--filter", filter);
  const found: Container[] = JSON.parse(await runDocker("here", "inspect", ...ids.split("\n")));
  return ["hello", "world", "gateway", "database"].flatMap((part) =>
    found.filter(({ Name }) => Name.startsWith(`/slipway-${environment}-${part}`)),
  );
}

function readMemoryMb(container: Container | undefined): number {
  return (container?.HostConfig.Memory ?? 0) / 2 ** 20;
}

function listPorts(container: Container | undefined): readonly string[] {
  return Object.keys(container?.HostConfig.PortBindings ?? {});
}

function listNetworks(container: Container | undefined): readonly string[] {
  const names = Object.keys(container?.NetworkSettings.Networks ?? {});
  return names.map((name) => name.split("-").at(-1) ?? "").toSorted((a, b) => a.localeCompare(b));
}

async function readLogs(workspace: DeployWorkspace): Promise<string> {
  const containers = await inspect(workspace);
  const logs = containers.map(async ({ Name }) => runDocker("here", "logs", Name.slice(1)));
  const { stdout } = await workspace.slipway("logs", "--lines=1000");
  return [...(await Promise.all(logs)), stdout].join("\n");
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
}
