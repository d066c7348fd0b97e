import { expect, test } from "vitest";

import { edit, replaceAll } from "../fixtures/built-images.ts";
import { createHandmadeImage } from "../fixtures/handmade-image.ts";
import { putDockerInPath } from "../fixtures/put-docker-in-path.ts";
import { readStored } from "../fixtures/read-stored.ts";
import { buildRelease, createReleaseWorkspace } from "../fixtures/release-workspace.ts";
import { writeFiles } from "../fixtures/test-folder.ts";

const digest = `sha256:${"b".repeat(64)}`;
const pinned = `FROM docker.io/library/node:24@${digest} AS app\nFROM app\nCOPY . /app\n`;

test("releases what buildx builds for each platform, with its base and its packages", async () => {
  const workspace = await createDockerfileWorkspace(pinned);
  const made = await createHandmadeImage({ entries: [[{ name: "a" }, "1"]], imageLabels: {} });
  await putDockerInPath(`
    [ "$2" = version ] && exit 0
    for argument in "$@"; do case "$argument" in --output=*) dest="\${argument##*dest=}";; esac; done
    cp -r ${made.folder}/handmade/. "$dest"`);

  const { registry, images } = await buildRelease({ workspace, services: ["plain"] });

  const [plain] = images;
  expect(plain).toMatchObject({ baseDigest: digest, sbom: expect.stringMatching(/^sha256:/u) });
  expect(await readStored(registry, "plain", plain?.digest)).toMatchObject({
    manifests: [
      { digest: made.digest, platform: { os: "linux", architecture: "amd64" } },
      { digest: made.digest, platform: { os: "linux", architecture: "arm64" } },
    ],
    annotations: {
      "org.opencontainers.image.base.name": `docker.io/library/node:24@${digest}`,
      "org.aegee.slipway.image-key": plain?.imageKey,
    },
  });
  expect(await registry.readDigest("plain", plain?.released.version ?? "")).toBe(plain?.digest);
});

test.each([
  [
    "without a digest",
    "FROM node:24\n",
    /^The last stage of services\/plain\/Dockerfile is FROM node:24, which no digest pins\.$/u,
  ],
  ["of an argument", "ARG BASE\nFROM ${BASE}\n", /FROM \$\{BASE\}, which no digest pins/u],
  ["nobody names", "RUN true\n", /FROM nothing, which no digest pins/u],
])("refuses a base %s before anything is built", async (_, dockerfile, message) => {
  const workspace = await createDockerfileWorkspace(dockerfile);
  await putDockerInPath('[ "$2" = version ] && exit 0; exit 1');

  await expect(buildRelease({ workspace, services: ["plain"] })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringMatching(message),
  });
});

test("says that buildx is missing before anything is built", async () => {
  const workspace = await createDockerfileWorkspace(pinned);
  await putDockerInPath("exit 1");

  await expect(buildRelease({ workspace })).rejects.toMatchObject({
    code: "ENGINE_MISSING",
    message: "plain has its own Dockerfile, and this machine has no Docker with buildx.",
  });
});

async function createDockerfileWorkspace(dockerfile: string): Promise<string> {
  const workspace = await createReleaseWorkspace();
  await writeFiles(workspace, { "services/plain/Dockerfile": dockerfile });
  await edit(
    workspace,
    "services/plain/package.json",
    replaceAll('"drainSeconds": 1', '"drainSeconds": 1, "image": { "mode": "dockerfile" }'),
  );
  return workspace;
}
