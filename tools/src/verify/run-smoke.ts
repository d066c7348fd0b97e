import { findIdentityFault } from "../deploy/check-identity.ts";
import type { CurrentService, EnvironmentState } from "../deploy/environment-state.ts";
import { findRouteHealth } from "../deploy/find-health-path.ts";
import type { RunPorts } from "../deploy/run-ports.ts";
import type { GatewayService } from "../gateways/gateway.ts";
import type { ProbeAnswer } from "../runtimes/runtime.ts";
import type { Route } from "../workspace/service-manifest.ts";
import type { Check } from "./check.ts";
import { findAnnouncementFault } from "./find-announcement-fault.ts";

const announcementPath = "/.well-known/release-set";

export type SmokePorts = Pick<RunPorts, "gateway" | "runtime" | "clock">;

/** A question, and what is wrong with the answer. Reads only. */
interface Question extends Pick<Check, "subject" | "title"> {
  ask: () => Promise<string | null>;
}

/** Whether what should run answers on every public route, is ready, and is just what was planned. */
export async function runSmoke(
  { set, services }: Pick<EnvironmentState, "set" | "services">,
  ports: SmokePorts,
): Promise<readonly Check[]> {
  const routed = await ports.gateway.describe();
  const asked = Object.entries(services)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .flatMap(([name, current]) => askService({ name, current, routed }, ports));
  const questions = [askForSet(set, ports), ...asked];
  return Promise.all(questions.map((question) => settle(question, ports)));
}

async function settle({ ask, ...what }: Question, { clock }: SmokePorts): Promise<Check> {
  const startedMs = clock.now().getTime();
  const fault = await ask();
  return { suite: "smoke", ...what, durationMs: clock.now().getTime() - startedMs, fault };
}

function askForSet(set: string | null, { gateway }: SmokePorts): Question {
  return {
    subject: "gateway",
    title: `GET ${announcementPath}`,
    ask: async () => findAnnouncementFault(await gateway.probe(announcementPath), set),
  };
}

interface Place {
  name: string;
  current: CurrentService;
  routed: readonly GatewayService[];
}

function askService(place: Place, ports: SmokePorts): readonly Question[] {
  const { routes } = place.current.release.needs;
  return [
    askReadiness(place, ports),
    ...routes.map((route) => askRoute({ ...place, route }, ports)),
  ];
}

function askReadiness(
  { name, current: { instance, release } }: Place,
  { runtime }: SmokePorts,
): Question {
  const { readiness } = release.needs.health;
  return {
    subject: name,
    title: `GET ${readiness} of ${instance}`,
    async ask() {
      const answer = await runtime.probe(instance, readiness);
      return answer?.status === 200 ? null : `it is not ready: ${describeAnswer(answer)}`;
    },
  };
}

function askRoute(
  { name, current, route, routed }: Place & { route: Route },
  { gateway }: SmokePorts,
): Question {
  const { release, instance } = current;
  const health = findRouteHealth(route, release.needs.health);
  const path = health ?? route.path;
  return {
    subject: name,
    title: `GET ${path}`,
    async ask() {
      const target = routed.find(({ service }) => service === name)?.instance ?? "nothing";
      if (target !== instance) return `the gateway sends it to ${target}, expected ${instance}`;
      const answer = await gateway.probe(path);
      if (health === null) return findAnswerFault(answer);
      const fault = findIdentityFault(answer, release);
      if (fault === null) return null;
      return `it answers with ${fault}, expected version ${release.version} and digest ${release.digest}`;
    },
  };
}

/** A route that does not lead to the health of its service must at least be served. */
function findAnswerFault(answer: ProbeAnswer | null): string | null {
  const isServed = answer !== null && answer.status < 500 && answer.status !== 404;
  return isServed ? null : `it is not served: ${describeAnswer(answer)}`;
}

function describeAnswer(answer: ProbeAnswer | null): string {
  if (answer === null) return "nothing answers";
  return `status ${answer.status} ${answer.body.trim().slice(0, 200)}`.trim();
}
