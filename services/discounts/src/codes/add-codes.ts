import { isForeignKeyViolation } from "@myaegee/database";
import { notFound } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import { expectIntegration } from "../integrations/save-integration.ts";
import type { Tables } from "../tables.ts";
import { insertCodes } from "./codes.repository.ts";
import type { AddedCodes } from "./codes.schema.ts";

/** Adds the codes that are new; values count without the space around them. */
export async function addCodes(
  idOrCode: string,
  values: readonly string[],
  db: Kysely<Tables>,
): Promise<AddedCodes> {
  const { id } = await expectIntegration(idOrCode, db);
  const distinct = [...new Set(values.map((value) => value.trim()))];
  try {
    const added = await insertCodes(db, id, distinct);
    return { added, skipped: values.length - added };
  } catch (error) {
    // Somebody deleted the integration in between.
    throw isForeignKeyViolation(error) ? notFound("Integration") : error;
  }
}
