import type { NewService } from "./new-service.ts";

export function planSourceFiles(service: NewService): Record<string, string> {
  return {
    "src/main.ts": main,
    "src/service.ts": definition,
    "src/app.ts": formatApp(service),
    "src/config.ts": config,
    "src/deps.ts": deps,
    "src/tables.ts": tables,
  };
}

const main = `import { runService } from "@myaegee/service-kit";

import { service } from "./service.ts";

await runService(service, import.meta.dirname);
`;

const definition = `import { createCoreClient } from "@myaegee/contracts";
import { createDatabase, migrate } from "@myaegee/database";
import { currentRequestId, defineService } from "@myaegee/service-kit";

import { about, buildApp } from "./app.ts";
import { variables } from "./config.ts";
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
    const app = await buildApp({ db, core, config, log, migrationsFolder });
    app.addHook("onClose", () => db.destroy());
    return app;
  },

  migrate: ({ config, log, migrationsFolder }) =>
    migrate({
      url: config.DATABASE_URL,
      folder: migrationsFolder,
      onApplied: ({ name }) => log.info({ migration: name }, "migration applied"),
    }),
});
`;

function formatApp({ name, description }: NewService): string {
  return `import { auth, createCoreCheck } from "@myaegee/auth";
import { createSchemaCheck } from "@myaegee/database";
import { createApp, registerFeatures, type App, type AppOptions } from "@myaegee/service-kit";

import type { Deps } from "./deps.ts";
import { notesRoutes } from "./notes/notes.routes.ts";

export interface AppDeps extends Deps, Pick<AppOptions, "config" | "log" | "checksResponses"> {
  migrationsFolder: string;
}

export const about = {
  name: "${name}",
  description: "${description}",
};

/** All routes, without a port and without an environment. */
export async function buildApp({ migrationsFolder, ...deps }: AppDeps): Promise<App> {
  const { db, core, ...options } = deps;
  const app = await createApp({
    ...about,
    ...options,
    checks: { database: createSchemaCheck(db, migrationsFolder), core: createCoreCheck(core) },
  });
  await app.register(auth, { core });
  await registerFeatures<Deps>(app, { notes: [notesRoutes] }, { db, core });
  return app;
}
`;
}

const config = `import { commonVariables } from "@myaegee/service-kit";

export const variables = {
  DATABASE_URL: commonVariables.DATABASE_URL,
  CORE_URL: commonVariables.CORE_URL,
  SERVICE_TOKEN: commonVariables.SERVICE_TOKEN,
};
`;

const deps = `import type { CoreClient } from "@myaegee/contracts";
import type { Kysely } from "kysely";

import type { Tables } from "./tables.ts";

/** What use cases need of the world. */
export interface Deps {
  db: Kysely<Tables>;
  core: CoreClient;
}
`;

const tables = `import type { ColumnType, GeneratedAlways } from "kysely";

export interface NotesTable {
  id: GeneratedAlways<number>;
  text: string;
  author_id: number;
  created_at: ColumnType<string, never, never>;
}

export interface Tables {
  notes: NotesTable;
}
`;
