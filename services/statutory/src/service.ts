import { createCoreClient, createMailerClient } from "@myaegee/contracts";
import { createDatabase, migrate } from "@myaegee/database";
import { startOutbox } from "@myaegee/outbox";
import { currentRequestId, defineService } from "@myaegee/service-kit";

import { about, buildApp } from "./app.ts";
import { variables } from "./config.ts";
import { startRatesJob } from "./exchange-rates/refresh-rates.ts";
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
    const app = await buildApp({
      db,
      core: createCoreClient({ url: config.CORE_URL, ...caller }),
      now: () => new Date(),
      contacts: { treasurer: config.TREASURER_ADDRESS, juridical: config.JURIDICAL_ADDRESS },
      config,
      log,
      migrationsFolder,
    });
    const mailer = createMailerClient({ url: config.MAILER_URL, ...caller });
    const outbox = startOutbox({ db, mailer, service: about.name, log });
    const ratesJob = startRatesJob({ db, url: config.EXCHANGE_RATES_URL, log });
    app.addHook("onClose", async () => {
      await Promise.all([outbox.stop(), ratesJob?.stop()]);
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
