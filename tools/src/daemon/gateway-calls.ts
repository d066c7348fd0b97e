import { SlipwayError } from "../errors.ts";
import type { DaemonContext } from "./daemon-context.ts";
import type { SlotRecord } from "./daemon-state.ts";
import type { ControlHandlers, Params } from "./protocol.ts";

type GatewayCalls = Pick<
  ControlHandlers,
  | "ensure"
  | "shift"
  | "inflight"
  | "retire"
  | "remove"
  | "describeGateway"
  | "announce"
  | "maintain"
>;

export function createGatewayCalls(context: DaemonContext): GatewayCalls {
  const { edge, slots, announced, maintenance } = context;
  return {
    async ensure({ service, routes }) {
      const { instance, address } = slots.get(service) ?? { instance: null, address: null };
      slots.set(service, { service, routes: [...routes], instance, address });
      await context.save();
      edge.ensure(service, routes);
      return null;
    },
    shift: async (params) => await shiftTraffic(context, params),
    inflight({ service, instance }) {
      const target = edge.slots.get(service)?.targets.get(instance);
      return Promise.resolve(target?.inflight ?? 0);
    },
    retire: async (params) => await retireInstance(context, params),
    async remove({ service }) {
      slots.delete(service);
      await context.save();
      edge.remove(service);
      return null;
    },
    describeGateway: () =>
      Promise.resolve([...slots.values()].toSorted((a, b) => a.service.localeCompare(b.service))),
    async announce({ document }) {
      announced.document = document;
      await context.save();
      return null;
    },
    async maintain({ message }) {
      maintenance.message = message;
      await context.save();
      return null;
    },
  };
}

async function shiftTraffic(context: DaemonContext, params: Params<"shift">): Promise<null> {
  const { service, instance, address } = params;
  const record = findSlot(context, service);
  context.slots.set(service, { ...record, instance, address });
  await context.save();
  const slot = context.edge.slots.get(service);
  if (slot !== undefined) context.edge.shift(slot, { instance, address });
  context.log("traffic-shifted", { service, instance, from: record.instance });
  return null;
}

function retireInstance(context: DaemonContext, params: Params<"retire">): Promise<null> {
  const { service, instance } = params;
  const slot = context.edge.slots.get(service);
  if (slot?.current?.instance === instance) {
    throw new SlipwayError(
      "INSTANCE_IN_SERVICE",
      `The instance ${instance} takes the traffic of ${service}, so it can't be retired.`,
      { hint: "Shift the traffic to another instance first." },
    );
  }
  if (slot !== undefined) context.edge.retire(slot, instance);
  return Promise.resolve(null);
}

function findSlot({ slots }: DaemonContext, service: string): SlotRecord {
  const slot = slots.get(service);
  if (slot !== undefined) return slot;
  throw new SlipwayError(
    "SERVICE_UNKNOWN",
    `The gateway does not know the service ${service}, so no traffic can go to it.`,
    { hint: "Declare its routes first." },
  );
}
