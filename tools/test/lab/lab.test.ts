import { execa } from "execa";
import { describe, expect, test, type TestContext } from "vitest";

import { programsEnv } from "../../lab/programs.ts";
import { openSshHost } from "../../src/hosts/ssh-host.ts";
import { planTestInstance, until } from "../environment/test-environment.ts";
import { leaveOut } from "../fixtures/require-program.ts";
import { lab, labAdvice, openLabEnvironment } from "./lab-environment.ts";

const limitMs = 120_000;

function requireLab(context: TestContext) {
  return lab ?? leaveOut(context, labAdvice);
}

describe("hosts of the lab", { timeout: limitMs }, () => {
  test("a host whose key is not known gets nothing", async (context) => {
    const { identityFile } = requireLab(context);
    const settings = { name: "b", address: "root@10.213.0.12", identityFile };

    await expect(
      openSshHost({ ...settings, knownHostsFile: "/dev/null" }, "/var/lib/slipway"),
    ).rejects.toMatchObject({ code: "HOST_KEY_WRONG" });
  });

  test("says that a host does not let us in", async (context) => {
    const { knownHostsFile } = requireLab(context);
    const settings = { name: "b", address: "root@10.213.0.12", knownHostsFile };

    await expect(
      openSshHost({ ...settings, identityFile: "/dev/null" }, "/var/lib/slipway"),
    ).rejects.toMatchObject({ code: "HOST_DENIED" });
  });

  test("says within seconds that a host is not there", async (context) => {
    const { knownHostsFile, identityFile } = requireLab(context);
    const settings = { name: "gone", address: "root@10.213.0.99", knownHostsFile, identityFile };
    const startedMs = Date.now();

    await expect(openSshHost(settings, "/var/lib/slipway")).rejects.toMatchObject({
      code: "HOST_UNREACHABLE",
    });
    expect(Date.now() - startedMs).toBeLessThan(15_000);
  });
});

describe("containers on a host", { timeout: limitMs }, () => {
  test("secrets are files of mode 0600, and the engine does not know them", async (context) => {
    requireLab(context);
    const { connection, image } = await openLabEnvironment("b");
    const { platform, runtime } = connection;
    await platform.writeSecret({ service: "events", name: "API_KEY", value: "sesame-1234" });
    const instance = {
      ...planTestInstance(await image("events", "1.0.0"), 1),
      secrets: ["API_KEY"],
    };

    await runtime.start(instance);
    await until(async () => (await runtime.probe(instance.id, "/readiness"))?.status === 200);

    const answer = await runtime.probe(instance.id, "/secret?name=API_KEY");
    expect(answer?.body).toBe('"sesame-1234"');
    const inspected = await inspectAll("b");
    expect(inspected).toContain(instance.id);
    expect(inspected).not.toContain("sesame-1234");
  });

  test("a service runs as nobody and can't write to its image", async (context) => {
    requireLab(context);
    const { connection, image } = await openLabEnvironment("b");
    const { runtime } = connection;
    const instance = planTestInstance(await image("events", "1.0.0"), 1);

    await runtime.start(instance);
    await until(async () => (await runtime.probe(instance.id, "/readiness"))?.status === 200);

    expect((await runtime.probe(instance.id, "/user"))?.body).toContain('"uid":65532');
    expect(JSON.parse(await inspectAll("b"))).toContainEqual(
      expect.objectContaining({
        HostConfig: expect.objectContaining({
          ReadonlyRootfs: true,
          CapDrop: ["ALL"],
          SecurityOpt: ["no-new-privileges:true"],
          Memory: 64 * 1024 * 1024,
          PortBindings: {},
        }),
      }),
    );
  });

  test("a run that was overtaken changes nothing any more", async (context) => {
    requireLab(context);
    const { connection, connect, image } = await openLabEnvironment("b");
    const instance = planTestInstance(await image("events", "1.0.0"), 1);
    const newer = await connect({ epoch: 2 });

    await expect(connection.runtime.start(instance)).rejects.toMatchObject({
      code: "RUN_SUPERSEDED",
    });
    expect(await newer.runtime.list()).toEqual([]);
    await newer.close();
  });

  test("a database survives a deployment's end, is backed up and restored", async (context) => {
    requireLab(context);
    const { connection } = await openLabEnvironment("b");
    const { platform } = connection;

    expect(await platform.ensureDatabase("events")).toEqual({ created: true });
    expect(await platform.ensureDatabase("events")).toEqual({ created: false });
    await platform.backUp("events", "before-1");
    await platform.restoreBackup("events", "before-1");

    expect(await platform.listBackups("events")).toMatchObject([{ name: "before-1" }]);
    await expect(platform.restoreBackup("events", "other")).rejects.toMatchObject({
      code: "BACKUP_MISSING",
    });
  });
});

/** Everything that the engine of a host tells of its containers. */
async function inspectAll(host: string): Promise<string> {
  const socket = lab?.hosts.find(({ name }) => name === host)?.socket ?? "";
  const env = { ...programsEnv(), DOCKER_HOST: `unix://${socket}` };
  const { stdout: ids } = await execa("docker", ["ps", "-aq"], { env });
  return (await execa("docker", ["inspect", ...ids.split("\n")], { env })).stdout;
}
