import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { upAll, upMany } from "docker-compose";

import { waitOut } from "../../engine/wait-out.ts";
import { SlipwayError } from "../../errors.ts";
import type { Host } from "../../hosts/host.ts";

export interface ComposeProject {
  host: Host;
  /** The engine's socket on the host. */
  socket: string;
  /** A Compose file. */
  content: string;
  /** Only these services of it; all when left out. */
  services?: readonly string[];
}

/** Brings a project up as its file says. Running containers that are as the file says stay as they are. */
export async function runComposeUp(project: ComposeProject): Promise<void> {
  const { host, socket, content, services } = project;
  const reached = await host.reach(socket);
  const engine = "socketPath" in reached ? `unix://${reached.socketPath}` : `tcp://${reached.host}`;
  // Compose reads a `.env` of its folder; an empty one keeps the caller's out.
  const cwd = await mkdtemp(join(tmpdir(), "slipway-compose-"));
  const options = {
    cwd,
    configAsString: content,
    env: { ...process.env, DOCKER_HOST: engine, COMPOSE_ANSI: "never", COMPOSE_PROGRESS: "plain" },
    commandOptions: ["--no-build", "--pull", "never", "--quiet-pull"],
  };
  try {
    await waitOut(host, async () => {
      const up = services === undefined ? upAll(options) : upMany([...services], options);
      await up.catch((cause: unknown) => {
        throw explainFailure(host, cause);
      });
    });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

function explainFailure({ name }: Host, cause: unknown): SlipwayError {
  const said = readError(cause);
  const last = said.trim().split("\n").at(-1) ?? "no reason given";
  if (/no space left on device/iu.test(said)) {
    return new SlipwayError("HOST_FULL", `The disk of ${name} is full: ${last}`, {
      hint: "Make room there, then run the command again.",
    });
  }
  if (/cannot connect to the docker daemon|connection refused|\bEOF\b/iu.test(said)) {
    return new SlipwayError("ENGINE_UNREACHABLE", `The container engine of ${name}: ${last}`);
  }
  return new SlipwayError("ENGINE_FAILED", `docker compose on ${name}: ${last}`, {
    hint: "Compose v2 must be installed on this machine: docker compose version",
    details: said
      .split("\n")
      .slice(-10)
      .map((line) => `| ${line}`),
  });
}

/** The package rejects with an object that is no Error. */
function readError(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  const said: unknown =
    typeof cause === "object" && cause !== null ? Reflect.get(cause, "err") : cause;
  return String(said);
}
