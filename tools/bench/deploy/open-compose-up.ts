import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { execa } from "execa";

import type { LabFacts, LabHost } from "../../lab/lab-facts.ts";
import { loadBase } from "../../lab/load-base.ts";
import { programsEnv } from "../../lab/programs.ts";
import { readProgram } from "../../test/fixtures/deploy-workspace-files.ts";
import type { Contestant } from "./contestant.ts";

const tags = ["one", "two", "bad"] as const;
type Tag = (typeof tags)[number];

/** `docker compose up -d --wait` after the tag was edited, the port published by the service itself. */
export async function openComposeUp(lab: LabFacts, host: LabHost): Promise<Contestant> {
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-bench-deploy-"));
  const project = `bench-${randomBytes(3).toString("hex")}`;
  const port = 32_000 + Math.floor(Math.random() * 700);
  const env = { ...programsEnv(), DOCKER_HOST: `unix://${host.socket}`, DOCKER_BUILDKIT: "0" };
  const docker = (...argv: readonly string[]) => execa("docker", argv, { env, cwd: folder });
  let current: Tag = "one";

  const up = async (tag: Tag): Promise<void> => {
    const service = describeService(`${project}:${tag}`, port);
    await writeFile(path.join(folder, "compose.yaml"), JSON.stringify(service));
    await docker("compose", "-p", project, "up", "-d", "--wait");
    current = tag;
  };
  const swap = async () => up(current === "one" ? "two" : "one");
  const dispose = async () => {
    await docker("compose", "-p", project, "down", "--timeout=1").catch(() => null);
    await docker("image", "rm", "--force", ...tags.map((tag) => `${project}:${tag}`));
    await rm(folder, { recursive: true, force: true });
  };

  try {
    const base = await loadBase([host], "node");
    for (const tag of tags) await buildImage(tag, base);
    await up("one");
  } catch (cause) {
    await dispose().catch(() => null);
    throw cause;
  }
  return {
    name: "docker compose up -d --wait",
    url: `http://127.0.0.1:${port}`,
    deployNext: swap,
    deployNothing: async () => up(current),
    rollBack: swap,
    deployBad: async () => {
      const old = current;
      const isUp = await up("bad").then(
        () => true,
        () => false,
      );
      if (isUp) throw new Error("docker compose deployed a version that exits at once.");
      await up(old);
    },
    [Symbol.asyncDispose]: dispose,
  };

  async function buildImage(tag: Tag, base: string): Promise<void> {
    const program = await readProgram("graceful");
    const mode = tag === "bad" ? "dying" : "graceful";
    await writeFile(path.join(folder, "main.js"), program);
    await writeFile(path.join(folder, "package.json"), '{"type":"module"}');
    const lines = [
      `FROM ${base}`,
      "WORKDIR /app",
      "COPY main.js package.json ./",
      `ENV PORT=8084 HOST=0.0.0.0 MODE=${mode} INSTANCE=${tag}`,
      'CMD ["node", "main.js"]',
    ];
    await writeFile(path.join(folder, "Dockerfile"), lines.join("\n"));
    await docker("build", "--quiet", `--tag=${project}:${tag}`, folder);
  }
}

function describeService(image: string, port: number) {
  const check = "fetch('http://127.0.0.1:8084/readiness').then((a)=>process.exit(a.ok?0:1))";
  const healthcheck = { test: ["CMD", "node", "-e", check], interval: "1s", start_period: "5s" };
  return { services: { hello: { image, ports: [`127.0.0.1:${port}:8084`], healthcheck } } };
}
