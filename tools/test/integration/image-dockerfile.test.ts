import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { buildImages } from "../../src/images/build-images.ts";
import { commit, edit, unpack } from "../fixtures/built-images.ts";
import { createHandmadeImage } from "../fixtures/handmade-image.ts";
import { createImageWorkspace } from "../fixtures/image-workspace.ts";
import { putDockerInPath } from "../fixtures/put-docker-in-path.ts";
import { requireProgram } from "../fixtures/require-program.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

test("without buildx, says what a Dockerfile needs", async () => {
  const workspace = await createDockerfileWorkspace();
  await putDockerInPath("exit 1");

  await expect(buildPlain(workspace)).rejects.toMatchObject({
    code: "ENGINE_MISSING",
    message: "plain has its own Dockerfile, and this machine has no Docker with buildx.",
  });
});

test("says that the Dockerfile is missing before it asks for an engine", async () => {
  const workspace = await createImageWorkspace();
  await askForDockerfile(workspace);

  await expect(buildPlain(workspace)).rejects.toMatchObject({
    code: "IMAGE_BUILD_FAILED",
    message: "services/plain/Dockerfile is missing.",
  });
});

test("takes over what buildx wrote, keeps it while nothing changes, and can't unpack it", async () => {
  const workspace = await createDockerfileWorkspace();
  const made = await createHandmadeImage({ entries: [[{ name: "a" }, "1"]], imageLabels: {} });
  const record = path.join(await createTestFolder("docker-"), "arguments");
  await putDockerInPath(`
    [ "$2" = version ] && exit 0
    printf '%s\\n' "$@" > ${record}
    for argument in "$@"; do case "$argument" in --output=*) dest="\${argument##*dest=}";; esac; done
    cp -r ${made.folder}/handmade/. "$dest"`);

  const [before] = await buildPlain(workspace);
  const [again] = await buildPlain(workspace);
  await edit(workspace, "services/plain/Dockerfile", (text) => `${text}\n# changed\n`);
  const [after] = await buildPlain(workspace);

  expect(before).toMatchObject({ digest: made.digest, cached: false });
  expect(again).toMatchObject({ digest: made.digest, cached: true });
  expect(after?.reason).toBe("services/plain/Dockerfile changed");
  await expect(unpack(workspace, after)).rejects.toMatchObject({ code: "IMAGE_FOREIGN" });
  expect(await readFile(record, "utf8")).toContain("--build-arg=SOURCE_DATE_EPOCH=0\n");
  expect(await readFile(record, "utf8")).toContain(
    "--label=org.opencontainers.image.version=0.1.0\n",
  );
});

test("a real buildx builds the Dockerfile", async (context) => {
  const trial = await createTestFolder("trial-");
  await writeFiles(trial, { Dockerfile: "FROM scratch\nCOPY Dockerfile /\n" });
  await requireProgram(
    context,
    ["docker", "buildx", "build", "--output=type=oci,dest=/dev/null", trial],
    "Start Docker with its buildx plugin and the containerd image store.",
  );
  const workspace = await createDockerfileWorkspace();

  const [plain] = await buildPlain(workspace);

  expect(plain).toMatchObject({ service: "plain", cached: false });
});

function buildPlain(workspace: string) {
  return buildImages({ workspace, commit, services: ["plain"] });
}

async function createDockerfileWorkspace(): Promise<string> {
  const workspace = await createImageWorkspace({
    "services/plain/Dockerfile": "FROM scratch\nCOPY services/plain/src /app\n",
  });
  await askForDockerfile(workspace);
  return workspace;
}

async function askForDockerfile(workspace: string): Promise<void> {
  await edit(workspace, "services/plain/package.json", (text) =>
    text.replace('"drainSeconds": 1', '"drainSeconds": 1, "image": { "mode": "dockerfile" }'),
  );
}
