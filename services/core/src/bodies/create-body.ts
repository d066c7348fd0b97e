import { expectNoFaults } from "@myaegee/service-kit";

import { expectUnique } from "../errors.ts";
import type { Db } from "../tables.ts";
import type { NewBody } from "./bodies.schema.ts";
import { bodyKeys, findBodyFaults, normaliseBody } from "./body-fields.ts";

/** With its shadow circle, so that whoever joins is in a circle of the body from the start. */
export async function createBody(body: NewBody, db: Db): Promise<number> {
  const fields = normaliseBody(body);
  const { type = "antenna", founded_at = null } = fields;
  expectNoFaults(findBodyFaults({ type, founded_at }));
  return expectUnique(bodyKeys, () =>
    db.transaction().execute(async (trx) => {
      const { id } = await trx
        .insertInto("bodies")
        .values({
          ...fields,
          name: body.name.trim(),
          description: body.description.trim(),
          code: body.code.trim().toUpperCase(),
          email: body.email.trim().toLowerCase(),
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      await insertShadowCircle(trx, { id, name: body.name.trim() });
      return id;
    }),
  );
}

export async function insertShadowCircle(
  trx: Db,
  body: { id: number; name: string },
): Promise<void> {
  const name = `Members ${body.name}`;
  const circle = await trx
    .insertInto("circles")
    .values({ name, description: name, body_id: body.id })
    .returning("id")
    .executeTakeFirstOrThrow();
  await trx
    .updateTable("bodies")
    .set({ shadow_circle_id: circle.id })
    .where("id", "=", body.id)
    .execute();
}
