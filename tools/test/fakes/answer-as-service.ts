import { setTimeout as delay } from "node:timers/promises";

import type { ObservedInstance, ProbeAnswer } from "../../src/runtimes/runtime.ts";
import { hasFault, type FakeMachine } from "./fake-machine.ts";

/** As the small service of the fixtures answers: `/crash` ends it, `/slow?ms=…` takes its time. */
export async function answerAsService(
  machine: FakeMachine,
  instance: ObservedInstance,
  path: string,
): Promise<ProbeAnswer | null> {
  const { pathname, searchParams } = new URL(path, "http://fake");
  if (pathname === "/crash") return crash(machine, instance);
  if (pathname === "/slow") await delay(Number(searchParams.get("ms")));
  return answerHealth(machine, instance, pathname);
}

function crash({ instances, kept }: FakeMachine, instance: ObservedInstance): null {
  const next: ObservedInstance = kept.has(instance.id)
    ? { ...instance, restarts: instance.restarts + 1 }
    : { ...instance, state: "exited", address: null, pid: null, exitCode: 7 };
  instances.set(instance.id, next);
  return null;
}

function answerHealth(
  { faults }: FakeMachine,
  instance: ObservedInstance,
  path: string,
): ProbeAnswer {
  const isUnready = path.endsWith("/readiness") && hasFault(faults.unready, instance);
  if (isUnready)
    return { status: 503, headers: {}, body: '{"success":false,"message":"database"}' };
  const version = hasFault(faults.lies, instance) ? "9.9.9" : instance.version;
  const data = { version, image_digest: instance.digest };
  return { status: 200, headers: {}, body: JSON.stringify({ success: true, data }) };
}
