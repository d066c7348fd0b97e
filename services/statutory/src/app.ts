import { auth, createCoreCheck } from "@myaegee/auth";
import { createSchemaCheck } from "@myaegee/database";
import { createOutboxGauges } from "@myaegee/outbox";
import { createApp, registerFeatures, type App, type AppOptions } from "@myaegee/service-kit";

import { applicationsRoutes } from "./applications/applications.routes.ts";
import { boardviewRoutes } from "./applications/boardview.routes.ts";
import { listsRoutes } from "./applications/lists.routes.ts";
import { selectionRoutes } from "./applications/selection.routes.ts";
import { statsRoutes } from "./applications/stats.routes.ts";
import { candidateListsRoutes } from "./candidates/candidate-lists.routes.ts";
import { candidatesRoutes } from "./candidates/candidates.routes.ts";
import type { Deps } from "./deps.ts";
import { eventListsRoutes } from "./events/event-lists.routes.ts";
import { eventsRoutes } from "./events/events.routes.ts";
import { createGauges } from "./gauges.ts";
import { limitsRoutes } from "./limits/limits.routes.ts";
import { membersListsRoutes } from "./members-lists/members-lists.routes.ts";
import { attendanceRoutes } from "./plenaries/attendance.routes.ts";
import { plenariesRoutes } from "./plenaries/plenaries.routes.ts";
import { positionsRoutes } from "./positions/positions.routes.ts";
import { votesRoutes } from "./votes/votes.routes.ts";

export interface AppDeps extends Deps, Pick<AppOptions, "config" | "log" | "checksResponses"> {
  migrationsFolder: string;
}

export const about = {
  name: "statutory",
  description: "Agora, EPM and SPM: applications, members lists, fees and votes.",
};

const features = {
  events: [eventListsRoutes, eventsRoutes],
  limits: [limitsRoutes],
  applications: [applicationsRoutes, selectionRoutes, listsRoutes, statsRoutes, boardviewRoutes],
  memberslists: [membersListsRoutes],
  votes: [votesRoutes],
  positions: [positionsRoutes],
  candidates: [candidateListsRoutes, candidatesRoutes],
  plenaries: [plenariesRoutes, attendanceRoutes],
};

/** A members list of 5000 people fits. */
const BODY_LIMIT_BYTES = 2 * 1024 * 1024;

/** All routes, without a port and without an environment. */
export async function buildApp({ migrationsFolder, ...deps }: AppDeps): Promise<App> {
  const { db, core, now, contacts, ...options } = deps;
  const app = await createApp({
    ...about,
    ...options,
    bodyLimitBytes: BODY_LIMIT_BYTES,
    checks: { database: createSchemaCheck(db, migrationsFolder), core: createCoreCheck(core) },
    gauges: [...createGauges(db), ...createOutboxGauges(db)],
  });
  await app.register(auth, { core });
  await registerFeatures<Deps>(app, features, { db, core, now, contacts });
  return app;
}
