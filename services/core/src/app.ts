import { createSchemaCheck } from "@myaegee/database";
import { createOutboxGauges } from "@myaegee/outbox";
import { type App, type AppOptions, createApp, registerFeatures } from "@myaegee/service-kit";

import { addCaller } from "./access/add-caller.ts";
import type { CallerDeps } from "./access/caller.ts";
import { createGauges } from "./gauges.ts";
import type { Limits } from "./limits/plan-limits.ts";
import { features } from "./routes.ts";

export interface CoreDeps
  extends CallerDeps, Pick<AppOptions, "config" | "log" | "checksResponses"> {
  limits: Limits;
  migrationsFolder: string;
}

export const name = "core";
export const description = "Users, sessions, bodies, circles and permissions of MyAEGEE.";

export async function buildApp(deps: CoreDeps): Promise<App> {
  const { db, limits, migrationsFolder, config, log, checksResponses } = deps;
  const app = await createApp({
    name,
    description,
    checks: { database: createSchemaCheck(db, migrationsFolder) },
    gauges: [...createGauges(db), ...createOutboxGauges(db)],
    ...(config === undefined ? {} : { config }),
    ...(log === undefined ? {} : { log }),
    ...(checksResponses === undefined ? {} : { checksResponses }),
  });
  // In a scope of their own: health and metrics never ask the database who calls.
  await app.register(async (api) => {
    addCaller(api, deps);
    await registerFeatures(api, features, { db, limits });
  });
  app.addHook("onClose", () => db.destroy());
  return app;
}
