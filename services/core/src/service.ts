import { createMailerClient } from "@myaegee/contracts";
import { createDatabase, migrate } from "@myaegee/database";
import { startOutbox } from "@myaegee/outbox";
import { currentRequestId, defineService } from "@myaegee/service-kit";

import { buildApp, description, name } from "./app.ts";
import { planRateLimitFactor, variables } from "./config.ts";
import { startJobs } from "./jobs/start-jobs.ts";
import { planLimits } from "./limits/plan-limits.ts";
import { seed } from "./seed/seed.ts";
import type { Tables } from "./tables.ts";

export const service = defineService({
  name,
  description,
  variables,
  async serve({ config, log, migrationsFolder }) {
    const db = createDatabase<Tables>({
      url: config.DATABASE_URL,
      applicationName: name,
      onConnectionError: (error) => log.warn({ err: error }, "a database connection broke"),
    });
    const app = await buildApp({
      db,
      serviceTokens: config.SERVICE_TOKENS,
      limits: planLimits(planRateLimitFactor(config)),
      config,
      log,
      migrationsFolder,
    });
    const mailer = createMailerClient({
      url: config.MAILER_URL,
      service: name,
      token: config.SERVICE_TOKEN,
      requestId: currentRequestId,
    });
    const outbox = startOutbox({ db, mailer, service: name, log });
    const loops = [outbox, ...startJobs({ db, log })];
    app.addHook("preClose", async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    });
    return app;
  },
  migrate: ({ config, migrationsFolder, log }) =>
    migrate({
      url: config.DATABASE_URL,
      folder: migrationsFolder,
      onApplied: ({ name: migration }) => log.info({ migration }, "migration applied"),
    }),
  async seed({ config }) {
    const db = createDatabase<Tables>({ url: config.DATABASE_URL, applicationName: "core seed" });
    try {
      await seed(db);
    } finally {
      await db.destroy();
    }
  },
});
