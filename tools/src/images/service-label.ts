import type { Service } from "../workspace/service-manifest.ts";

/** What a deployment must know of a service, for the image's label. */
export function formatServiceLabel({ name, needs, schema }: Service): string {
  return JSON.stringify({ version: 1, name, needs, schema });
}
