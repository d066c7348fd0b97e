import { Agent, get } from "node:https";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";

import { expect, test } from "vitest";

import { createDeployWorkspace } from "../fixtures/deploy-workspace.ts";
import { runDocker } from "../fixtures/lab-host.ts";
import { requireLab } from "../fixtures/require-lab.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";
import { writeCertificate } from "../gateways/spawn-haproxy.ts";

const limitMs = 90_000;
const base = { services: ["hello"], labHost: "here" } as const;

test(
  "leads to HTTPS, and takes over a renewed certificate while connections stay open",
  { timeout: limitMs },
  async (context) => {
    requireLab(context);
    const certificates = await createTestFolder("certificates-");
    await writeCertificate(certificates, "first.example");
    const tls = { certificates, ca: join(certificates, "site.pem") };
    const workspace = await createDeployWorkspace({ ...base, tls });
    const { stdout: address } = await workspace.slipway("deploy");
    const port = Number(new URL(address).port);
    const client = askAgain(`${address}/api/hello/`);

    const redirect = await fetch(`http://localhost:${port - 1}/api/hello/x?y=1`, {
      redirect: "manual",
    });
    const before = await readSubject(port);
    await writeCertificate(certificates, "second.example");
    const renewed = await workspace.slipway("certificates");
    const after = await readSubject(port);
    const { answers, failures, headers } = await client.stop();

    expect([redirect.status, redirect.headers.get("location")]).toEqual([
      308,
      `${address}/api/hello/x?y=1`,
    ]);
    expect(renewed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(certificates) });
    expect([before, after]).toEqual(["first.example", "second.example"]);
    expect(failures).toEqual([]);
    expect(answers).toBeGreaterThan(20);
    expect(headers).toMatchObject({
      "strict-transport-security": "max-age=31536000",
      "x-content-type-options": "nosniff",
      "x-frame-options": "SAMEORIGIN",
    });
  },
);

test(
  "shows people a page in maintenance, while a deployment goes on, and logs each request as JSON",
  { timeout: limitMs },
  async (context) => {
    requireLab(context);
    const workspace = await createDeployWorkspace(base);
    const { stdout: address } = await workspace.slipway("deploy");
    const asBrowser = { headers: { accept: "text/html" } };

    const closed = await workspace.slipway("maintenance", "--on", "--page=Back at 18:00.");
    const page = await fetch(`${address}/`, asBrowser);
    const api = await fetch(`${address}/api/hello/?token=sesame`);
    await workspace.changeService("hello");
    const deployed = await workspace.slipway("deploy");
    const opened = await workspace.slipway("maintenance", "--off");
    const again = await fetch(`${address}/api/hello/?token=sesame`);

    expect([closed, deployed, opened].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect([page.status, api.status, again.status]).toEqual([503, 503, 200]);
    expect(await page.text()).toMatch(/<h1>Back in a moment<\/h1> ?<p>Back at 18:00\.<\/p>/);
    expect(await api.json()).toEqual({ success: false, message: "Back at 18:00." });
    const log = await runDocker("here", "logs", `slipway-${workspace.environment}-gateway`);
    const lines = log.split("\n").filter((line) => line.startsWith('{"time"'));
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        path: "/api/hello/",
        status: 200,
        service: "hello",
        instance: expect.stringMatching(/^hello-/),
      }),
    );
    expect(log).not.toContain("sesame");
  },
);

/** One keep-alive connection, one request after the other; whatever goes wrong counts. */
function askAgain(url: string) {
  const ending = new AbortController();
  const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  const failures: string[] = [];
  let answers = 0;
  let headers: NodeJS.Dict<string | string[]> = {};
  const done = (async () => {
    while (!ending.signal.aborted) {
      await new Promise<void>((resolve) => {
        get(url, { agent }, (answer) => {
          answers += 1;
          headers = answer.headers;
          if (answer.statusCode !== 200) failures.push(String(answer.statusCode));
          answer.resume().once("close", () => setTimeout(resolve, 10));
        }).once("error", (cause) => {
          failures.push(cause.message);
          setTimeout(resolve, 10);
        });
      });
    }
  })();
  return {
    async stop() {
      ending.abort();
      await done;
      agent.destroy();
      return { answers, failures, headers };
    },
  };
}

async function readSubject(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: "localhost", rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.once("error", reject);
  });
}
