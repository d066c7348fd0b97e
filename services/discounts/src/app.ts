import { auth, createCoreCheck } from "@myaegee/auth";
import { createSchemaCheck } from "@myaegee/database";
import { createOutboxGauges } from "@myaegee/outbox";
import { createApp, registerFeatures, type App, type AppOptions } from "@myaegee/service-kit";

import { categoriesRoutes } from "./categories/categories.routes.ts";
import { codesRoutes } from "./codes/codes.routes.ts";
import type { Deps } from "./deps.ts";
import { createGauges } from "./gauges.ts";
import { integrationsRoutes } from "./integrations/integrations.routes.ts";

export interface AppDeps extends Deps, Pick<AppOptions, "config" | "log" | "checksResponses"> {
  migrationsFolder: string;
}

export const about = {
  name: "discounts",
  description: "Codes of partners, given to each member within a quota.",
};

const features = {
  integrations: [integrationsRoutes],
  codes: [codesRoutes],
  categories: [categoriesRoutes],
};

/** All routes, without a port and without an environment. */
export async function buildApp({ migrationsFolder, ...deps }: AppDeps): Promise<App> {
  const { db, core, now, ...options } = deps;
  const app = await createApp({
    ...about,
    ...options,
    checks: { database: createSchemaCheck(db, migrationsFolder), core: createCoreCheck(core) },
    gauges: [...createGauges(db), ...createOutboxGauges(db)],
  });
  await app.register(auth, { core });
  await registerFeatures<Deps>(app, features, { db, core, now });
  return app;
}
