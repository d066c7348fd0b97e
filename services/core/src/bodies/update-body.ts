import { expectNoFaults } from "@myaegee/service-kit";
import { sql } from "kysely";

import { keepPermittedFields, type Permission } from "../access/permitted.ts";
import { expectUnique } from "../errors.ts";
import type { Db } from "../tables.ts";
import type { BodyDetails } from "./bodies.repository.ts";
import type { BodyChanges } from "./bodies.schema.ts";
import { bodyKeys, findBodyFaults, normaliseBody } from "./body-fields.ts";

/** Fields that the permission's filters do not name stay as they are. */
export async function updateBody(
  body: BodyDetails,
  changes: BodyChanges,
  { permission, db }: { permission: Permission; db: Db },
): Promise<void> {
  const fields = normaliseBody(keepPermittedFields(changes, permission));
  const { type = body.type, founded_at = body.founded_at } = fields;
  expectNoFaults(findBodyFaults({ type, founded_at }));
  await expectUnique(bodyKeys, () =>
    db
      .updateTable("bodies")
      .set({ ...fields, updated_at: sql`now()` })
      .where("id", "=", body.id)
      .execute(),
  );
}
