import type { Crew, CrewMember } from "../hosts/crew.ts";
import { mergeAnswers, mergeInstances } from "./merge-instances.ts";
import { mergeLines } from "./merge-lines.ts";
import type { InstanceSpec, Runtime } from "./runtime.ts";

export interface RuntimeMember extends CrewMember {
  runtime: Runtime;
}

/** Brings a host what it needs before a service starts there: its secrets. */
export type Equip<Member> = (member: Member, instance: InstanceSpec) => Promise<void>;

/** The same instance on every host, under the same id; commands that run once run on the first. */
export function createRuntimeAcross<Member extends RuntimeMember>(
  crew: Crew<Member>,
  equip: Equip<Member>,
): Runtime {
  const { first } = crew;
  const each = <Result>(work: (runtime: Runtime) => Promise<Result>) =>
    crew.each(async ({ runtime }) => work(runtime));
  return {
    async prepare(image) {
      await each((runtime) => runtime.prepare(image));
    },
    runOnce: async (task) => first.runtime.runOnce(task),
    async start(instance) {
      await crew.each(async (member) => {
        if (member !== first) await equip(member, instance);
        await member.runtime.start(instance);
      });
    },
    async probe(id, path) {
      const answers = await crew.each(async ({ host, runtime }) => {
        const answer = await runtime.probe(id, path);
        // Silence of a service, or of its host?
        if (answer === null) await host.run({ argv: ["true"] });
        return { host: host.name, answer };
      });
      return mergeAnswers(answers);
    },
    exited: async (id, signal) =>
      Promise.race(
        crew
          .present()
          .map(async (member) => crew.one(member, ({ runtime }) => runtime.exited(id, signal))),
      ),
    async keepRunning(id) {
      await each((runtime) => runtime.keepRunning(id));
    },
    async stop(id, graceMs) {
      await each((runtime) => runtime.stop(id, graceMs));
    },
    list: async () => mergeInstances(await each((runtime) => runtime.list())),
    async logs(id, lines) {
      return (await each((runtime) => runtime.logs(id, lines))).flat();
    },
    followLogs: (id, signal) =>
      mergeLines(crew.present().map(({ runtime }) => runtime.followLogs(id, signal))),
    async prune(keep) {
      await each((runtime) => runtime.prune(keep));
    },
  };
}
