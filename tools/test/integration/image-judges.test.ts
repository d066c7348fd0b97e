import { hostname } from "node:os";
import path from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { tagImage } from "../../src/registries/tag-image.ts";
import { openRegistry, publishAll } from "../fixtures/published-images.ts";
import { buildRelease } from "../fixtures/release-workspace.ts";
import { requireProgram } from "../fixtures/require-program.ts";
import { registryLogin, startDockerRegistry } from "../fixtures/start-docker-registry.ts";
import { createTestFolder } from "../fixtures/test-folder.ts";

test("skopeo and buildah accept what was published", async (context) => {
  await requireProgram(context, ["skopeo", "--version"], "Install it: apt-get install skopeo");
  await requireProgram(context, ["buildah", "--version"], "Install it: apt-get install buildah");
  const { registry, images } = await buildRelease();
  const target = await openRegistry(context);
  await publishAll(registry, target, { images });
  const place = { registry: target.registry, repository: "team/hello" };
  await tagImage(place, images[0]?.digest ?? "", "1.2.3");
  const image = `docker://${target.name}/team/hello:1.2.3`;
  const folder = await createTestFolder("copied-");
  const login = `--creds=${registryLogin.user}:${registryLogin.password}`;

  const inspected = await execa("skopeo", ["inspect", "--tls-verify=false", login, image]);
  await execa("skopeo", [
    "copy",
    "--insecure-policy",
    "--all",
    "--src-tls-verify=false",
    `--src-creds=${registryLogin.user}:${registryLogin.password}`,
    image,
    `oci:${folder}:copy`,
  ]);
  const { stdout: container } = await execa("buildah", [
    ...storage(folder),
    "from",
    "--tls-verify=false",
    login,
    image,
  ]);

  expect(JSON.parse(inspected.stdout)).toMatchObject({
    Digest: images[0]?.digest,
    RepoTags: expect.arrayContaining(["1.2.3"]),
    Labels: { "org.opencontainers.image.version": "1.2.3" },
  });
  const { stdout: facts } = await execa("buildah", [...storage(folder), "inspect", container]);
  const here = process.arch === "x64" ? "linux/amd64" : "linux/arm64";
  expect(JSON.parse(facts)).toMatchObject({ FromImageDigest: images[0]?.platforms[here] });
});

test("publishes by TLS behind a password, with a certificate of one's own", async (context) => {
  await requireProgram(context, ["openssl", "version"], "Install it: apt-get install openssl");
  const files = await createCertificate();
  const address = await startDockerRegistry(context, files);
  const script = `
    const { createDistributionRegistry } = await import(${JSON.stringify(modulePath("registries/distribution.ts"))});
    const { writeReleaseSet, readReleaseSet } = await import(${JSON.stringify(modulePath("release/release-set-store.ts"))});
    const { createReleaseSet } = await import(${JSON.stringify(modulePath("release/create-release-set.ts"))});
    const registry = createDistributionRegistry("${hostname()}:${address.split(":")[1]}", { readCredentials: async () => (${JSON.stringify(registryLogin)}) });
    const place = { registry, repository: "team/release-sets" };
    const set = createReleaseSet("abc", {});
    await writeReleaseSet(place, set, ["newest"]);
    process.stdout.write(String((await readReleaseSet(place, "newest")).id === set.id));`;
  const run = (env: Record<string, string>) =>
    execa(process.execPath, ["--input-type=module", "--eval", script], { env, reject: false });

  const trusted = await run({ NODE_EXTRA_CA_CERTS: files.certificate });
  const untrusted = await run({});

  expect(trusted.stdout).toBe("true");
  expect(untrusted.stderr).toContain("self-signed certificate");
});

/** For this machine by its name, signed by itself. */
async function createCertificate() {
  const folder = await createTestFolder("certificate-");
  const certificate = path.join(folder, "certificate.pem");
  const key = path.join(folder, "key.pem");
  const subject = ["-subj", "/CN=test", "-addext", `subjectAltName=DNS:${hostname()}`];
  const files = ["-keyout", key, "-out", certificate];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  await execa("openssl", ["req", "-x509", "-days", "1", ...kind, ...subject, ...files]);
  return { certificate, key };
}

/** buildah's own store, without a kernel's help. */
function storage(folder: string): string[] {
  return [
    "--root",
    path.join(folder, "store"),
    "--runroot",
    path.join(folder, "run"),
    "--storage-driver=vfs",
  ];
}

function modulePath(name: string): string {
  return path.resolve(import.meta.dirname, "../../src", name);
}
