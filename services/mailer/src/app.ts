import { auth } from "@myaegee/auth";
import { createSchemaCheck } from "@myaegee/database";
import { createApp, registerFeatures, type App, type AppOptions } from "@myaegee/service-kit";

import type { Deps } from "./deps.ts";
import { createGauges } from "./gauges.ts";
import { mailsRoutes } from "./mails/mails.routes.ts";
import { messagesRoutes } from "./messages/messages.routes.ts";

export const about = {
  name: "mailer",
  description: "Renders a template and sends a mail, once.",
};

export interface AppDeps extends Deps, Pick<AppOptions, "config" | "log" | "checksResponses"> {
  migrationsFolder: string;
}

/** A request may carry parameters for 2000 recipients. */
const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

/** All routes, without a port and without an environment. */
export async function buildApp({ migrationsFolder, ...deps }: AppDeps): Promise<App> {
  const { db, core, serviceTokens, publicUrl, ...options } = deps;
  const app = await createApp({
    ...about,
    ...options,
    bodyLimitBytes: BODY_LIMIT_BYTES,
    checks: { database: createSchemaCheck(db, migrationsFolder) },
    gauges: createGauges(db),
  });
  await app.register(auth, { core });
  const features = { mails: [mailsRoutes], messages: [messagesRoutes] };
  await registerFeatures<Deps>(app, features, { db, core, serviceTokens, publicUrl });
  return app;
}
