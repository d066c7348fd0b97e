import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";

import { execa } from "execa";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";

import { requireProgram } from "../../../test/fixtures/require-program.ts";
import { createTestFolder } from "../../../test/fixtures/test-folder.ts";
import { sendRequest } from "./send-request.ts";

beforeEach((context) =>
  requireProgram(context, ["openssl", "version"], "Install it: apt-get install openssl"),
);

test.each(["docker", "containers"])("trusts an authority from %s's certs.d", async (tool) => {
  const { host, certificate, home } = await startServer();
  await putCertificate(path.join(home, tool, "certs.d", host, "ca.crt"), certificate);

  expect((await send(host)).status).toBe(204);
});

test("trusts it for this host and port only", async () => {
  const { host, certificate, home } = await startServer();
  const elsewhere = path.join(home, "docker/certs.d/localhost:1/ca.crt");
  await putCertificate(elsewhere, certificate);

  await expect(send(host)).rejects.toThrow("self-signed certificate");
});

test("takes no other file for an authority", async () => {
  const { host, certificate, home } = await startServer();
  await putCertificate(path.join(home, "docker/certs.d", host, "client.cert"), certificate);

  await expect(send(host)).rejects.toThrow("self-signed certificate");
});

async function startServer() {
  const home = await createTestFolder("trust-");
  vi.stubEnv("XDG_CONFIG_HOME", home);
  const { certificate, key } = await createCertificate(home);
  const server = createServer({ cert: certificate, key }, (_, answer) => {
    answer.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });
  return { host: `localhost:${readPort(server.address())}`, certificate, home };
}

function readPort(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}

async function createCertificate(folder: string) {
  const files = ["-keyout", `${folder}/key.pem`, "-out", `${folder}/certificate.pem`];
  const subject = ["-subj", "/CN=test", "-addext", "subjectAltName=DNS:localhost"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  await execa("openssl", ["req", "-x509", "-days", "1", ...kind, ...subject, ...files]);
  return {
    certificate: await readFile(`${folder}/certificate.pem`),
    key: await readFile(`${folder}/key.pem`),
  };
}

async function putCertificate(file: string, content: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

function send(host: string) {
  const url = new URL(`https://${host}/`);
  return sendRequest({ method: "HEAD", url, headers: {}, idleMs: 5000 });
}
