import type { Registry } from "./registry.ts";

/** A repository of one registry. */
export interface ImagePlace {
  registry: Registry;
  repository: string;
}
