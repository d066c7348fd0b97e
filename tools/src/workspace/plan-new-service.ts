import { planFeatureFiles } from "./new-service/feature-files.ts";
import { planProjectFiles } from "./new-service/project-files.ts";
import { planSourceFiles } from "./new-service/source-files.ts";
import { planTestFiles } from "./new-service/test-files.ts";

/** What the templates are filled with. Name and description went through `require-service-name.ts`. */
export interface NewService {
  name: string;
  description: string;
  /** Exact versions of `newServicePackages`, as the workspace has them. */
  versions: Readonly<Record<string, string>>;
}

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
