import { existsSync } from "node:fs";
import { join } from "node:path";

import { defineService } from "@myaegee/service-kit";

import { about, buildApp } from "./server/app.ts";

export const service = defineService({
  ...about,
  variables: {},
  serve: ({ config, log }) =>
    buildApp({ config, log, publicFolder: findPublicFolder(import.meta.dirname) }),
});

/** In the image the pages lie beside the bundle, in the source tree where the build puts them. */
function findPublicFolder(folder: string): string {
  const besideBundle = join(folder, "public");
  return existsSync(besideBundle) ? besideBundle : join(folder, "..", "dist", "public");
}
