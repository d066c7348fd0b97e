import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as openTlsRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";

import { beforeEach, expect, onTestFinished, test } from "vitest";

import { echo, openApp } from "./open-app.ts";
import { findPorts, requireHaproxy, writeCertificate } from "./spawn-haproxy.ts";

beforeEach(async (context) => await requireHaproxy(context));

test("leads to HTTPS, and takes over a renewed certificate", async () => {
  const folder = await mkdtemp(join(tmpdir(), "certificates-"));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  await writeCertificate(folder, "first.example");
  const [port = 0] = await findPorts(1);
  const publicUrl = `https://localhost:${port}`;
  const tls = { binds: [`127.0.0.1:${port}`], certificates: folder };
  const { gateway, settings } = await openApp(echo, { settings: { publicUrl, tls } });
  const plain = `http://${settings.publicBinds[0]}/api/app/x?y=1`;

  const redirect = await fetch(plain, { redirect: "manual" });
  const headers = await getTls(`${publicUrl}/api/app/`);
  const before = await readSubject(port);
  await writeCertificate(folder, "second.example");
  const renewed = await gateway.refresh();

  expect(redirect.status).toBe(308);
  expect(redirect.headers.get("location")).toBe(`${publicUrl}/api/app/x?y=1`);
  expect(headers["strict-transport-security"]).toBe("max-age=31536000");
  expect([before, await readSubject(port)]).toEqual(["first.example", "second.example"]);
  expect([renewed, await gateway.refresh()]).toEqual([{ reloaded: true }, { reloaded: false }]);
});

test("says which certificate is wrong, and goes on with the one before", async () => {
  const folder = await mkdtemp(join(tmpdir(), "certificates-"));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  await writeCertificate(folder, "good.example");
  const [port = 0] = await findPorts(1);
  const tls = { binds: [`127.0.0.1:${port}`], certificates: folder };
  const { gateway } = await openApp(echo, { settings: { tls } });

  await writeFile(join(folder, "site.pem"), "nonsense");
  const fault = gateway.refresh();

  await expect(fault).rejects.toMatchObject({ code: "GATEWAY_FAILED" });
  await expect(fault).rejects.toHaveProperty(
    "details",
    expect.arrayContaining([expect.stringContaining("site.pem")]),
  );
  expect(await readSubject(port)).toBe("good.example");
  await rm(join(folder, "site.pem"));
  await expect(gateway.refresh()).rejects.toMatchObject({ code: "CERTIFICATE_MISSING" });
});

async function getTls(url: string): Promise<NodeJS.Dict<string | string[]>> {
  return await new Promise((resolve, reject) => {
    openTlsRequest(url, { rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.headers);
    })
      .once("error", reject)
      .end();
  });
}

async function readSubject(port: number): Promise<string> {
  const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}
