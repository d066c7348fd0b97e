import type { Crew, CrewMember } from "../hosts/crew.ts";
import { mergeAnswers } from "../runtimes/merge-instances.ts";
import type { Runtime } from "../runtimes/runtime.ts";
import type { Gateway, GatewayService } from "./gateway.ts";

export interface GatewayMember extends CrewMember {
  gateway: Gateway;
  runtime: Pick<Runtime, "list">;
}

/** A gateway on each host, which leads to the instances on that host; whatever spreads people over them is outside. */
export function createGatewayAcross(crew: Crew<GatewayMember>): Gateway {
  const { first } = crew;
  const each = async (work: (gateway: Gateway) => Promise<void>) => {
    await crew.each(async ({ gateway }) => work(gateway));
  };
  return {
    publicUrl: () => first.gateway.publicUrl(),
    internalUrl: (service) => first.gateway.internalUrl(service),
    ensure: async (service, routes) => each((gateway) => gateway.ensure(service, routes)),
    async shift(service, instance, address) {
      await crew.each(async (member) => {
        const here = member === first ? address : await findAddress(member, instance);
        await member.gateway.shift(service, instance, here);
      });
    },
    async inflight(service, instance) {
      const counts = await crew.each(({ gateway }) => gateway.inflight(service, instance));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    retire: async (service, instance) => each((gateway) => gateway.retire(service, instance)),
    remove: async (service) => each((gateway) => gateway.remove(service)),
    describe: async () => mergeServices(await crew.each(({ gateway }) => gateway.describe())),
    async probe(path) {
      const answers = await crew.each(async ({ host, gateway }) => {
        const answer = await gateway.probe(path);
        if (answer === null) await host.run({ argv: ["true"] });
        return { host: host.name, answer };
      });
      return mergeAnswers(answers);
    },
    announce: async (document) => each((gateway) => gateway.announce(document)),
    maintain: async (message) => each((gateway) => gateway.maintain(message)),
  };
}

async function findAddress({ host, runtime }: GatewayMember, instance: string): Promise<string> {
  const found = (await runtime.list()).find(({ id }) => id === instance);
  if (typeof found?.address === "string") return found.address;
  throw new Error(`${instance} does not run on ${host.name}, so it can't take traffic there.`);
}

/** A service has the instance that all hosts agree on, and none where they differ. */
function mergeServices(
  described: readonly (readonly GatewayService[])[],
): readonly GatewayService[] {
  const [first = []] = described;
  const others = described.slice(1);
  const missing = others
    .flat()
    .filter(({ service }) => !first.some((one) => one.service === service));
  const agreed = first.map((entry) => {
    const isAgreed = others.every((services) =>
      services.some(
        ({ service, instance }) => service === entry.service && instance === entry.instance,
      ),
    );
    return isAgreed ? entry : withoutInstance(entry);
  });
  return [...agreed, ...missing.map(withoutInstance)];
}

function withoutInstance({ service, routes }: GatewayService): GatewayService {
  return { service, routes, instance: null, address: null };
}
