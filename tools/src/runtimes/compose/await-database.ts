import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import type { EngineClient } from "../../engine/engine-client.ts";
import { SlipwayError } from "../../errors.ts";
import { readContainerLog } from "./container-logs.ts";
import { inspectContainer } from "./observe-containers.ts";

const limitMs = 60_000;
const pollMs = 100;
/** PostgreSQL's request for TLS: answered with one letter by any server that takes connections. */
const greeting = Buffer.from([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f]);

/** Waits until the database takes connections. A first start makes its cluster before. */
export async function awaitHealthy(
  engine: EngineClient,
  name: string,
  network: string,
): Promise<void> {
  const deadlineMs = Date.now() + limitMs;
  while (!(await takesConnections(engine, name, network))) {
    const state = (await inspectContainer(engine, name))?.State;
    if (Date.now() > deadlineMs || state?.Restarting === true || state?.Running !== true) {
      const lines = (await readContainerLog(engine, name, 10)) ?? [];
      throw new SlipwayError("DATABASE_FAILED", `The database ${name} did not start.`, {
        details: lines.map((line) => `| ${line}`),
      });
    }
    await delay(pollMs);
  }
}

async function takesConnections(
  engine: EngineClient,
  name: string,
  network: string,
): Promise<boolean> {
  const container = await inspectContainer(engine, name);
  const address = container?.NetworkSettings.Networks[network]?.IPAddress ?? "";
  if (address === "") return false;
  const reached = await engine.host.reach(`${address}:5432`);
  return new Promise((resolve) => {
    const socket = "socketPath" in reached ? connect(reached.socketPath) : connect(reached);
    socket.setTimeout(2000, () => socket.destroy());
    socket.once("data", () => socket.end(() => resolve(true)));
    socket.once("error", () => resolve(false)).once("close", () => resolve(false));
    socket.write(greeting);
  });
}
