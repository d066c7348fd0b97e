import { SlipwayError } from "../../src/errors.ts";
import { matchRoute, planRoutes, type RouteMatch } from "../../src/gateways/edge-routes.ts";
import type { Gateway, GatewayService } from "../../src/gateways/gateway.ts";
import type { ProbeAnswer } from "../../src/runtimes/runtime.ts";
import { answerAsService } from "./answer-as-service.ts";
import { hasFault, type FakeMachine } from "./fake-machine.ts";

export function createFakeGateway(machine: FakeMachine): Gateway {
  const { routes, instances, faults, calls } = machine;
  const inflight = new Set<string>();
  let announced: unknown = null;

  async function forward({ service, target }: RouteMatch): Promise<ProbeAnswer> {
    const instance = instances.get(routes.get(service)?.instance ?? "");
    if (instance?.state !== "running") return refuse(503);
    if (hasFault(faults.frontDoorBroken, instance)) return refuse(502);
    inflight.add(instance.id);
    const answer = await answerAsService(machine, instance, target);
    inflight.delete(instance.id);
    return answer ?? refuse(502);
  }

  return {
    publicUrl: () => "http://localhost:8080",
    internalUrl: (service) => `http://127.0.0.1:8081/${service}`,
    async ensure(service, wanted) {
      const before = routes.get(service);
      if (before === undefined) calls.push(`route ${service}`);
      const { instance, address } = before ?? { instance: null, address: null };
      routes.set(service, { service, routes: wanted, instance, address });
    },
    async shift(service, instance, address) {
      const route = findRoute(machine, service);
      const found = instances.get(instance);
      if (found !== undefined && hasFault(faults.shiftRefused, found)) {
        throw new Error("the gateway refused");
      }
      calls.push(`shift ${service} to ${instance}`);
      routes.set(service, { ...route, instance, address });
    },
    inflight: async (_service, instance) => Number(inflight.has(instance)),
    async retire(service, instance) {
      if (routes.get(service)?.instance === instance) {
        throw new SlipwayError("INSTANCE_IN_SERVICE", `${instance} takes the traffic.`);
      }
      calls.push(`retire ${instance}`);
    },
    async remove(service) {
      if (routes.delete(service)) calls.push(`unroute ${service}`);
    },
    describe: async () =>
      [...routes.values()].toSorted((a, b) => a.service.localeCompare(b.service)),
    async probe(path) {
      if (path === "/.well-known/release-set") {
        return announced === null
          ? refuse(404)
          : { ...refuse(200), body: JSON.stringify(announced) };
      }
      const declared = [...routes.values()].map((one) => [one.service, one.routes] as const);
      const match = matchRoute(planRoutes(new Map(declared)), path);
      return match === null ? refuse(404) : forward(match);
    },
    async announce(document) {
      calls.push("announce");
      announced = document;
    },
    async maintain(message) {
      calls.push(message === null ? "open the front door" : "close the front door");
    },
  };
}

function findRoute({ routes }: FakeMachine, service: string): GatewayService {
  const route = routes.get(service);
  if (route !== undefined) return route;
  throw new SlipwayError("SERVICE_UNKNOWN", `The gateway does not know the service ${service}.`);
}

function refuse(status: number): ProbeAnswer {
  return { status, headers: {}, body: "" };
}
