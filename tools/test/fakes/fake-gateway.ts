import type { Gateway } from "../../src/gateways/gateway.ts";
import { hasFault, type FakeMachine } from "./fake-machine.ts";
import { answerHealth } from "./fake-runtime.ts";

export function createFakeGateway(machine: FakeMachine): Gateway {
  const { routes, instances, faults, calls } = machine;
  return {
    publicUrl: () => "http://localhost:8080",
    internalUrl: (service) => `http://127.0.0.1:8081/${service}`,
    async ensure(service, wanted) {
      const before = routes.get(service);
      if (before === undefined) calls.push(`route ${service}`);
      routes.set(service, {
        service,
        routes: wanted,
        instance: before?.instance ?? null,
        address: before?.address ?? null,
      });
    },
    async shift(service, instance, address) {
      const route = routes.get(service);
      const found = instances.get(instance);
      if (route === undefined || found === undefined) throw new Error(`no route for ${service}`);
      if (hasFault(faults.shiftRefused, found)) throw new Error("the gateway refused");
      calls.push(`shift ${service} to ${instance}`);
      routes.set(service, { ...route, instance, address });
    },
    async inflight() {
      return 0;
    },
    async retire(service, instance) {
      if (routes.get(service)?.instance === instance) throw new Error(`${instance} takes traffic`);
      calls.push(`retire ${instance}`);
    },
    async remove(service) {
      if (routes.delete(service)) calls.push(`unroute ${service}`);
    },
    async describe() {
      return [...routes.values()];
    },
    async probe(path) {
      const route = [...routes.values()].find(({ routes: paths }) =>
        paths.some((candidate) => path.startsWith(candidate.path)),
      );
      const instance = instances.get(route?.instance ?? "");
      if (instance === undefined || hasFault(faults.frontDoorBroken, instance)) {
        return { status: 502, headers: {}, body: "" };
      }
      return answerHealth(machine, instance, path);
    },
    async announce() {
      calls.push("announce");
    },
  };
}
