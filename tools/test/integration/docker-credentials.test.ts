import { chmod } from "node:fs/promises";
import path from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import { readDockerCredentials } from "../../src/registries/distribution/docker-credentials.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

const auth = Buffer.from("builder:5ecret:with:colons").toString("base64");
const builder = { kind: "password", user: "builder", password: "5ecret:with:colons" };

test.each([
  ["ghcr.io", "ghcr.io"],
  ["https://localhost:5000/v2/", "localhost:5000"],
  ["https://index.docker.io/v1/", "docker.io"],
])("finds what docker login left at %s", async (key, registry) => {
  await useConfiguration({ auths: { "example.org": { auth: "" }, [key]: { auth } } });

  expect(await readDockerCredentials(registry)).toEqual(builder);
});

test("reads an identity token", async () => {
  await useConfiguration({ auths: { "ghcr.io": { auth, identitytoken: "identity" } } });

  expect(await readDockerCredentials("ghcr.io")).toEqual({
    kind: "identity-token",
    token: "identity",
  });
});

test.each([
  {},
  { auths: {} },
  { auths: { "ghcr.io": {} } },
  { auths: { "ghcr.io.evil": { auth } } },
])("finds nothing in %j", async (configuration) => {
  await useConfiguration(configuration);

  expect(await readDockerCredentials("ghcr.io")).toBeNull();
});

test("needs no configuration", async () => {
  vi.stubEnv("DOCKER_CONFIG", path.join(await createTestFolder("docker-"), "nowhere"));
  onTestFinished(() => void vi.unstubAllEnvs());

  expect(await readDockerCredentials("ghcr.io")).toBeNull();
});

test("asks the registry's own helper before the common one", async () => {
  await useHelper("own", `echo '{"Username":"'$(cat)'","Secret":"5ecret"}'`);
  await useConfiguration({ credHelpers: { "ghcr.io": "own" }, credsStore: "absent" });

  expect(await readDockerCredentials("ghcr.io")).toEqual({
    kind: "password",
    user: "ghcr.io",
    password: "5ecret",
  });
});

test("asks the common helper by Docker Hub's old name, and takes its token", async () => {
  await useHelper(
    "common",
    `test "$1:$(cat)" = get:https://index.docker.io/v1/ && echo '{"Username":"<token>","Secret":"t"}'`,
  );
  await useConfiguration({ credsStore: "common" });

  expect(await readDockerCredentials("docker.io")).toEqual({ kind: "identity-token", token: "t" });
});

test("goes on to the file when the helper knows nothing", async () => {
  await useHelper("empty", "echo credentials not found in native keychain; exit 1");
  await useConfiguration({ credsStore: "empty", auths: { "ghcr.io": { auth } } });

  expect(await readDockerCredentials("ghcr.io")).toEqual(builder);
});

test("keeps a broken helper's words to itself", async () => {
  await useHelper("broken", `echo '{"Secret":"5ecret"'; exit 3`);
  await useConfiguration({ credsStore: "broken" });

  const failure = await readDockerCredentials("ghcr.io").catch((error: unknown) => error);

  expect(failure).toMatchObject({
    code: "CONFIG_INVALID",
    message: "The credential helper docker-credential-broken ended with 3 and no credentials.",
    cause: undefined,
  });
});

test.each(["absent-helper", "../../bin/sh", "a b; rm"])("refuses the helper %j", async (name) => {
  await useConfiguration({ credsStore: name });

  await expect(readDockerCredentials("ghcr.io")).rejects.toMatchObject({ code: "CONFIG_INVALID" });
});

test("quotes nothing of a configuration that is not one", async () => {
  const folder = await createTestFolder("docker-");
  await writeFiles(folder, { "config.json": '{"auths": 5ecret' });
  vi.stubEnv("DOCKER_CONFIG", folder);
  onTestFinished(() => void vi.unstubAllEnvs());

  const failure = await readDockerCredentials("ghcr.io").catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: "CONFIG_INVALID", cause: undefined });
  expect(String(failure)).not.toContain("5ecret");
});

async function useConfiguration(configuration: object): Promise<void> {
  const folder = await createTestFolder("docker-");
  await writeFiles(folder, { "config.json": JSON.stringify(configuration) });
  vi.stubEnv("DOCKER_CONFIG", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
}

async function useHelper(name: string, script: string): Promise<void> {
  const folder = await createTestFolder("helper-");
  const program = `docker-credential-${name}`;
  await writeFiles(folder, { [program]: `#!/bin/sh\n${script}\n` });
  await chmod(path.join(folder, program), 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
}
