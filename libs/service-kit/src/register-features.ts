import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyPluginOptions } from "fastify";

import type { App } from "./create-app.ts";

/** Registers the routes of each feature, and puts its name on them: the API's description groups by it. */
export async function registerFeatures<Deps extends FastifyPluginOptions>(
  app: App,
  features: Readonly<Record<string, readonly FastifyPluginAsyncTypebox<Deps>[]>>,
  deps: Deps,
): Promise<void> {
  for (const [name, plugins] of Object.entries(features)) {
    await app.register(async (feature) => {
      feature.addHook("onRoute", (route) => {
        route.schema = { tags: [name], ...route.schema };
      });
      for (const plugin of plugins) {
        await feature.register<Deps>(plugin, deps);
      }
    });
  }
}
