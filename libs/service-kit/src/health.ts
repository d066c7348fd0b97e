import { Failure, Success } from "@myaegee/contracts";
import type { FastifyBaseLogger } from "fastify";
import fastifyPlugin from "fastify-plugin";
import Type from "typebox";

import type { BaseConfig } from "./base-variables.ts";

/** Says that something this service needs is there, by not throwing. */
export type ReadinessCheck = () => Promise<unknown>;

export interface HealthOptions {
  name: string;
  description: string;
  config: BaseConfig;
  checks: Readonly<Record<string, ReadinessCheck>>;
  isDraining: () => boolean;
}

const CHECK_TIMEOUT_MS = 3000;

const Health = Type.Object({
  name: Type.String(),
  description: Type.String(),
  version: Type.String(),
  commit: Type.String(),
  release_set: Type.String(),
  image_digest: Type.String(),
  instance: Type.String(),
});
const Readiness = Type.Object({ checks: Type.Record(Type.String(), Type.Literal("ok")) });

const tags = ["health"];

/** `/healthcheck`: am I running, and which version. `/readiness`: may I get traffic. */
export const health = fastifyPlugin<HealthOptions>(async (app, options) => {
  const data = planHealth(options);
  app.get(
    "/healthcheck",
    { schema: { summary: "Say which version runs", tags, response: { 200: Success(Health) } } },
    async () => ({
      success: true as const,
      data,
    }),
  );
  app.get(
    "/readiness",
    {
      schema: {
        summary: "Say whether traffic may come",
        tags,
        response: { 200: Success(Readiness), 503: Failure },
      },
    },
    async (request, reply) => {
      const failed = options.isDraining() ? ["draining"] : await runChecks(options, request.log);
      return failed.length === 0
        ? { success: true, data: { checks: planOk(options.checks) } }
        : reply.code(503).send({ success: false, message: `Not ready: ${failed.join(", ")}.` });
    },
  );
});

function planHealth({ name, description, config }: HealthOptions) {
  return {
    name,
    description,
    version: config.SERVICE_VERSION,
    commit: config.SERVICE_COMMIT,
    release_set: config.RELEASE_SET,
    image_digest: config.IMAGE_DIGEST,
    instance: config.INSTANCE,
  };
}

async function runChecks({ checks }: HealthOptions, log: FastifyBaseLogger): Promise<string[]> {
  const failed = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await Promise.race([check(), failAfterTimeout()]);
        return [];
      } catch (error) {
        log.warn({ err: error, check: name }, "not ready");
        return [name];
      }
    }),
  );
  return failed.flat();
}

function failAfterTimeout(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => reject(new Error(`No answer within ${CHECK_TIMEOUT_MS} ms.`));
    setTimeout(fail, CHECK_TIMEOUT_MS).unref();
  });
}

function planOk(checks: HealthOptions["checks"]): Record<string, "ok"> {
  return Object.fromEntries(Object.keys(checks).map((name) => [name, "ok" as const]));
}
