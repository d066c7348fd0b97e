import type { CoreClient } from "@myaegee/contracts";

/** For a service's readiness: without core nobody is known, so nobody can be served. */
export function createCoreCheck(core: Pick<CoreClient, "isReachable">): () => Promise<void> {
  return async () => {
    if (!(await core.isReachable())) {
      throw new Error("Core cannot be reached.");
    }
  };
}
