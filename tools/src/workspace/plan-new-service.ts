import { planFeatureFiles } from "./new-service/feature-files.ts";
import type { NewService } from "./new-service/new-service.ts";
import { planProjectFiles } from "./new-service/project-files.ts";
import { planSourceFiles } from "./new-service/source-files.ts";
import { planTestFiles } from "./new-service/test-files.ts";

/** Packages from npm that a new service names. */
export const newServicePackages = [
  "@fastify/type-provider-typebox",
  "fastify",
  "kysely",
  "typebox",
];

/** Every file of a new service by its path below `services/<name>`. */
export function planNewService(service: NewService): Readonly<Record<string, string>> {
  return {
    ...planProjectFiles(service),
    ...planSourceFiles(service),
    ...planFeatureFiles(service),
    ...planTestFiles(service),
  };
}
