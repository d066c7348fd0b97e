import type { CoreClient } from "@myaegee/contracts";
import type { Kysely } from "kysely";

import type { Tables } from "./tables.ts";

/** What use cases need of the world. */
export interface Deps {
  db: Kysely<Tables>;
  core: CoreClient;
  /** The clock; quotas count by it. */
  now: () => Date;
}
