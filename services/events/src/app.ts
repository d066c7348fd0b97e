import { auth, createCoreCheck } from "@myaegee/auth";
import { createSchemaCheck } from "@myaegee/database";
import { createOutboxGauges } from "@myaegee/outbox";
import { createApp, registerFeatures, type App, type AppOptions } from "@myaegee/service-kit";

import { applicationListsRoutes } from "./applications/application-lists.routes.ts";
import { applicationsRoutes } from "./applications/applications.routes.ts";
import { participantsRoutes } from "./applications/participants.routes.ts";
import { selectionRoutes } from "./applications/selection.routes.ts";
import type { Deps } from "./deps.ts";
import { eventsRoutes } from "./events/events.routes.ts";
import { singleEventRoutes } from "./events/single-event.routes.ts";
import { createGauges } from "./gauges.ts";
import { picturesRoutes } from "./pictures/pictures.routes.ts";

export interface AppDeps extends Deps, Pick<AppOptions, "config" | "log" | "checksResponses"> {
  migrationsFolder: string;
}

export const about = {
  name: "events",
  description: "Events that members propose, committees approve and others attend.",
};

const features = {
  events: [eventsRoutes, singleEventRoutes],
  applications: [applicationListsRoutes, applicationsRoutes, participantsRoutes, selectionRoutes],
  pictures: [picturesRoutes],
};

/** All routes, without a port and without an environment. */
export async function buildApp({ migrationsFolder, ...deps }: AppDeps): Promise<App> {
  const { db, core, approvalBodies, ...options } = deps;
  const app = await createApp({
    ...about,
    ...options,
    checks: { database: createSchemaCheck(db, migrationsFolder), core: createCoreCheck(core) },
    gauges: [...createGauges(db), ...createOutboxGauges(db)],
  });
  await app.register(auth, { core });
  await registerFeatures<Deps>(app, features, { db, core, approvalBodies });
  return app;
}
