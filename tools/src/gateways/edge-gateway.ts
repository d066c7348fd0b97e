import type { ControlClient } from "../daemon/control-client.ts";
import type { Hello } from "../daemon/protocol.ts";
import { fetchProbe } from "../runtimes/fetch-probe.ts";
import { passHeader } from "./edge-maintenance.ts";
import type { Gateway } from "./gateway.ts";

/** The gateway in the environment's daemon. */
export function createEdgeGateway(client: ControlClient, hello: Hello): Gateway {
  return {
    publicUrl: () => hello.publicUrl,
    internalUrl: (service) => `${hello.internalUrl}/${service}`,
    async ensure(service, routes) {
      await client.call("ensure", { service, routes });
    },
    async shift(service, instance, address) {
      await client.call("shift", { service, instance, address });
    },
    inflight: async (service, instance) => await client.call("inflight", { service, instance }),
    async retire(service, instance) {
      await client.call("retire", { service, instance });
    },
    async remove(service) {
      await client.call("remove", { service });
    },
    describe: async () => await client.call("describeGateway", null),
    probe: async (path) =>
      await fetchProbe(`${hello.publicUrl}${path}`, { [passHeader]: hello.pass }),
    async announce(document) {
      await client.call("announce", { document });
    },
    async maintain(message) {
      await client.call("maintain", { message });
    },
  };
}
