import helmet from "@fastify/helmet";
import { type App, type AppOptions, createApp } from "@myaegee/service-kit";

import { pages } from "./pages.ts";
import { readRootFiles } from "./root-files.ts";
import { securityHeaders } from "./security-headers.ts";

export const about = { name: "frontend", description: "The pages of MyAEGEE." };

export interface Deps extends Pick<AppOptions, "config" | "log"> {
  /** What `vite build` wrote. */
  publicFolder: string;
}

export async function buildApp({ config, log, publicFolder }: Deps): Promise<App> {
  const rootFiles = await readRootFiles(publicFolder);
  const app = await createApp({
    ...about,
    ...(config !== undefined && { config }),
    ...(log !== undefined && { log }),
  });
  await app.register(helmet, securityHeaders);
  await app.register(pages, { publicFolder, rootFiles });
  return app;
}
