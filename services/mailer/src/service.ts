import { createCoreClient } from "@myaegee/contracts";
import { createDatabase, migrate } from "@myaegee/database";
import { currentRequestId, defineService } from "@myaegee/service-kit";

import { about, buildApp } from "./app.ts";
import { variables } from "./config.ts";
import { createSmtpSender } from "./delivery/smtp-sender.ts";
import { startDelivery } from "./delivery/start-delivery.ts";
import { startPurge } from "./purge/purge-sent.ts";
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
    const core = createCoreClient({
      url: config.CORE_URL,
      service: about.name,
      token: config.SERVICE_TOKEN,
      requestId: currentRequestId,
    });
    const sender = createSmtpSender({ smtpUrl: config.SMTP_URL, from: config.MAIL_FROM });
    const delivery = startDelivery({
      db,
      log,
      sender,
      publicUrl: config.PUBLIC_URL,
      leaseMs: config.LEASE_SECONDS * 1000,
      retryMs: config.RETRY_SECONDS * 1000,
    });
    const purge = startPurge({ db, log, keepDays: config.KEEP_SENT_DAYS });
    const { SERVICE_TOKENS: serviceTokens, PUBLIC_URL: publicUrl } = config;
    const app = await buildApp({
      db,
      core,
      config,
      log,
      migrationsFolder,
      serviceTokens,
      publicUrl,
    });
    app.addHook("onClose", async () => {
      await Promise.all([delivery.stop(), purge.stop()]);
      sender.close();
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
});
