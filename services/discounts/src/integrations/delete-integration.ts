import { conflict, notFound } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import { expectIntegration } from "./save-integration.ts";

/** Deletes an integration with its free codes; what somebody claimed stays, and so does the integration. */
export async function deleteIntegration(idOrCode: string, db: Kysely<Tables>): Promise<void> {
  const { id } = await expectIntegration(idOrCode, db);
  await db.transaction().execute(async (trx) => {
    // Claims hold a share of this row: none can come in between.
    const locked = await trx
      .selectFrom("integrations")
      .select("id")
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (locked === undefined) {
      throw notFound("Integration");
    }
    const claimed = await trx
      .selectFrom("codes")
      .select("id")
      .where("integration_id", "=", id)
      .where("claimed_by", "is not", null)
      .limit(1)
      .executeTakeFirst();
    if (claimed !== undefined) {
      throw conflict("Codes of this integration were claimed, so it cannot be deleted.");
    }
    await trx.deleteFrom("codes").where("integration_id", "=", id).execute();
    await trx.deleteFrom("integrations").where("id", "=", id).execute();
  });
}
