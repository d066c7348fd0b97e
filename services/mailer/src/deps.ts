import type { CoreClient } from "@myaegee/contracts";
import type { Kysely } from "kysely";

import type { ServiceTokens } from "./require-caller.ts";
import type { Tables } from "./tables.ts";

/** What use cases need of the world. */
export interface Deps {
  db: Kysely<Tables>;
  core: CoreClient;
  /** To know calling services by. */
  serviceTokens: ServiceTokens;
  /** Where links in mails lead. */
  publicUrl: string;
}
