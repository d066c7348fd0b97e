import { auth } from "@myaegee/auth";
import type { CoreClient } from "@myaegee/contracts";
import { createSchemaCheck } from "@myaegee/database";
import { createApp, type App, type BaseConfig, type Logger } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import { mailsRoutes } from "./mails/mails.routes.ts";
import { countByStatus } from "./messages/messages.repository.ts";
import { messagesRoutes } from "./messages/messages.routes.ts";
import type { Tables } from "./tables.ts";

export const name = "mailer";
export const description = "Renders a template and sends a mail, once.";

export interface Deps {
  db: Kysely<Tables>;
  core: CoreClient;
  /** Service → token, to know callers by. */
  serviceTokens: Readonly<Record<string, string>>;
  publicUrl: string;
  migrationsFolder: string;
  config?: BaseConfig;
  log?: Logger;
  checksResponses?: boolean;
}

/** A request may carry parameters for 2000 recipients. */
const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

export async function buildApp(deps: Deps): Promise<App> {
  const { db, core, migrationsFolder, config, log, checksResponses } = deps;
  const app = await createApp({
    name,
    description,
    bodyLimitBytes: BODY_LIMIT_BYTES,
    checks: { database: createSchemaCheck(db, migrationsFolder) },
    gauges: (["queued", "sending", "dead"] as const).map((status) => ({
      name: `messages_${status}`,
      help: `Messages that are ${status}.`,
      read: () => countByStatus(db, status),
    })),
    ...(config === undefined ? {} : { config }),
    ...(log === undefined ? {} : { log }),
    ...(checksResponses === undefined ? {} : { checksResponses }),
  });
  await app.register(auth, { core });
  await app.register(mailsRoutes, deps);
  await app.register(messagesRoutes, deps);
  return app;
}
