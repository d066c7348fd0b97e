import { setTimeout as delay } from "node:timers/promises";

import Type from "typebox";

import { createApp, defineService, ok, runService } from "../src/index.ts";

/** A service for the tests of `runService`: one slow route, a migration and a seed that only say they ran. */
const service = defineService({
  name: "fixture",
  description: "For tests.",
  variables: {
    SERVICE_TOKEN: Type.String({ minLength: 16 }),
    SERVICE_TOKENS: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  async serve({ config, log }) {
    const app = await createApp({ name: "fixture", description: "For tests.", config, log });
    app.get("/slow", async () => {
      await delay(700);
      return ok("done");
    });
    app.get("/stuck", () => new Promise(() => {}));
    app.get("/tokens", async () => ok(Object.keys(config.SERVICE_TOKENS ?? {})));
    return app;
  },
  migrate: async ({ log }) => log.info("the migration ran"),
  seed: async ({ log }) => log.info("the seed ran"),
});

await runService(service, import.meta.dirname);
