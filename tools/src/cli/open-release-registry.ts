import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { createDistributionRegistry } from "../registries/distribution.ts";
import { createOciLayoutRegistry } from "../registries/oci-layout.ts";
import type { Registry } from "../registries/registry.ts";

export interface ReleaseTarget {
  registry: Registry;
  /** Before the names of services; empty where there is none. */
  namespace: string;
  /** Null for a folder. */
  host: string | null;
}

/** `docker.io/aegee`, `localhost:5000/team`, or `oci:<folder>`, relative to the workspace. */
export function openReleaseRegistry(workspace: string, name: string): ReleaseTarget {
  if (name.startsWith("oci:")) {
    const folder = path.resolve(workspace, name.slice("oci:".length));
    return { registry: createOciLayoutRegistry(folder), namespace: "", host: null };
  }
  const [host = "", ...rest] = name.split("/");
  if (rest.includes("") || !/[.:]|^localhost$/u.test(host)) {
    throw new SlipwayError("CONFIG_INVALID", `${JSON.stringify(name)} is no registry.`, {
      hint: "Expected under release.registry in tools/slipway.yaml: docker.io/aegee, localhost:5000/team, or oci:dist/registry.",
    });
  }
  return { registry: createDistributionRegistry(host), namespace: rest.join("/"), host };
}
