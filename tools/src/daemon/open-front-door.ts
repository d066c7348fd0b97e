import { SlipwayError } from "../errors.ts";
import type { Edge } from "../gateways/edge.ts";
import type { ListenOptions } from "../gateways/listen.ts";
import type { EnvironmentFacts } from "../hosts/platform.ts";
import { findPortHolder } from "./find-port-holder.ts";

const nextPorts = 100;

/** Listens on the wanted port; on the next free one where the environment allows it. Throws PORT_BUSY. */
export async function openFrontDoor(
  edge: Edge,
  { port, fallback, host = "localhost" }: EnvironmentFacts["gateway"],
): Promise<number> {
  const last = fallback === "fail" || port === 0 ? port : Math.min(port + nextPorts, 65_535);
  for (let candidate = port; candidate <= last; candidate += 1) {
    const opened = await tryListen(edge, { port: candidate, host });
    if (opened !== null) return opened;
  }
  throw busyPort(port, last);
}

async function tryListen(edge: Edge, listen: ListenOptions): Promise<number | null> {
  try {
    return await edge.listenPublic(listen);
  } catch (cause) {
    if (isBusy(cause)) return null;
    throw cause;
  }
}

export function isBusy(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  // Without root's rights the ports below 1024 are as good as taken.
  return code === "EADDRINUSE" || code === "EACCES";
}

function busyPort(port: number, last: number): SlipwayError {
  const holder = findPortHolder(port);
  const range = last === port ? `Port ${port} is` : `Ports ${port} to ${last} are`;
  const by = holder === null ? "by another program" : `by ${holder}`;
  return new SlipwayError("PORT_BUSY", `${range} taken ${by}, so the gateway can't listen there.`, {
    hint: `End that program, or choose another port: npx slipway deploy --env=local --port=${port + 1}`,
  });
}
