import Type, { type Static } from "typebox";

import type { EngineClient } from "../../engine/engine-client.ts";
import type { ObservedInstance } from "../runtime.ts";
import { type ComposePlace, containerLabels, networkNames, portLabel } from "./plan-project.ts";

const Listed = Type.Array(Type.Object({ Id: Type.String() }));

export const Inspected = Type.Object({
  Id: Type.String(),
  RestartCount: Type.Integer(),
  State: Type.Object({
    Status: Type.String(),
    Running: Type.Boolean(),
    Restarting: Type.Boolean(),
    Pid: Type.Integer(),
    ExitCode: Type.Integer(),
    StartedAt: Type.String(),
  }),
  Config: Type.Object({ Labels: Type.Record(Type.String(), Type.String()) }),
  NetworkSettings: Type.Object({
    Networks: Type.Record(Type.String(), Type.Object({ IPAddress: Type.String() })),
  }),
});

export type Inspected = Static<typeof Inspected>;

export async function observeInstances(
  engine: EngineClient,
  place: ComposePlace,
): Promise<readonly ObservedInstance[]> {
  const filters = {
    label: [
      `${containerLabels.environment}=${place.environment}`,
      `${containerLabels.kind}=instance`,
    ],
  };
  const query = encodeURIComponent(JSON.stringify(filters));
  const listed = await engine.call(Listed, { path: `/containers/json?all=1&filters=${query}` });
  const inspected = await Promise.all((listed ?? []).map(({ Id }) => inspectContainer(engine, Id)));
  return inspected
    .flatMap((one) => (one === null ? [] : [describeInstance(one, place)]))
    .toSorted((left, right) => left.id.localeCompare(right.id));
}

export async function inspectContainer(
  engine: EngineClient,
  id: string,
): Promise<Inspected | null> {
  return engine.call(Inspected, { path: `/containers/${encodeURIComponent(id)}/json` });
}

export function describeInstance(container: Inspected, place: ComposePlace): ObservedInstance {
  const { State: state, Config, NetworkSettings, RestartCount } = container;
  const read = (name: keyof typeof containerLabels) => Config.Labels[containerLabels[name]] ?? "";
  const address = NetworkSettings.Networks[networkNames(place).services]?.IPAddress ?? "";
  const known = {
    id: read("instance"),
    service: read("service"),
    version: read("version"),
    digest: read("digest"),
    set: read("set"),
    run: read("run"),
    startedAt: new Date(state.StartedAt).toISOString(),
    restarts: RestartCount,
  };
  const isRunning = state.Running && !state.Restarting && address !== "";
  if (isRunning) {
    const port = Config.Labels[portLabel] ?? "";
    return {
      ...known,
      state: "running",
      address: `${address}:${port}`,
      pid: state.Pid,
      exitCode: null,
    };
  }
  return {
    ...known,
    state: state.Restarting ? "restarting" : "exited",
    address: null,
    pid: null,
    exitCode: state.ExitCode,
  };
}
