import { createCoreClient, createMailerClient } from "@myaegee/contracts";
import { createDatabase, migrate } from "@myaegee/database";
import { startOutbox } from "@myaegee/outbox";
import { currentRequestId, defineService } from "@myaegee/service-kit";

import { about, buildApp } from "./app.ts";
import { variables } from "./config.ts";
import { seed } from "./seed/seed.ts";
import type { Tables } from "./tables.ts";

export const service = defineService({
  ...about,
  variables,

  async serve({ config, log, migrationsFolder }) {
    const db = createDatabase<Tables>({
      url: config.DATABASE_URL,
      applicationName: about.name,
      onConnectionError: (err) => log.warn({ err }, "a database connection broke"),
    });
    const caller = {
      service: about.name,
      token: config.SERVICE_TOKEN,
      requestId: currentRequestId,
    };
    const core = createCoreClient({ url: config.CORE_URL, ...caller });
    const mailer = createMailerClient({ url: config.MAILER_URL, ...caller });
    const app = await buildApp({
      db,
      core,
      now: () => new Date(),
      config,
      log,
      migrationsFolder,
    });
    const outbox = startOutbox({ db, mailer, service: about.name, log });
    app.addHook("onClose", async () => {
      await outbox.stop();
      await db.destroy();
    });
    return app;
  },

  migrate: ({ config, log, migrationsFolder }) =>
    migrate({
      url: config.DATABASE_URL,
      folder: migrationsFolder,
      onApplied: ({ name }) => log.info({ migration: name }, "migration applied"),
    }),

  seed: ({ config }) => seed(config.DATABASE_URL),
});
