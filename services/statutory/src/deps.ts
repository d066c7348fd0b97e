import type { CoreClient } from "@myaegee/contracts";
import type { Kysely } from "kysely";

import type { Tables } from "./tables.ts";

/** What use cases need of the world. */
export interface Deps {
  db: Kysely<Tables>;
  core: CoreClient;
  /** The clock; deadlines, positions and plenaries follow from it. */
  now: () => Date;
  /** Who is told of members lists, and who of candidates. */
  contacts: { treasurer: string; juridical: string };
}
