import type { Page } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import type { Category, CategoryChanges, NewCategory } from "./categories.schema.ts";

export async function listCategories(
  db: Kysely<Tables>,
  { limit, offset }: Page,
): Promise<{ rows: Category[]; count: number }> {
  const [rows, total] = await Promise.all([
    db
      .selectFrom("categories")
      .selectAll()
      .orderBy("name")
      .orderBy("id")
      .limit(limit)
      .offset(offset)
      .execute(),
    db
      .selectFrom("categories")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow(),
  ]);
  return { rows, count: total.count };
}

export async function readCategory(db: Kysely<Tables>, id: number): Promise<Category | null> {
  const row = await db.selectFrom("categories").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

export async function insertCategory(
  db: Kysely<Tables>,
  { name, discounts }: NewCategory,
): Promise<Category> {
  return db
    .insertInto("categories")
    .values({ name, discounts: JSON.stringify(discounts) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateCategory(
  db: Kysely<Tables>,
  id: number,
  { name, discounts }: CategoryChanges,
): Promise<Category | null> {
  const row = await db
    .updateTable("categories")
    .set({
      updated_at: new Date().toISOString(),
      ...(name === undefined ? {} : { name }),
      ...(discounts === undefined ? {} : { discounts: JSON.stringify(discounts) }),
    })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Whether it was there. */
export async function deleteCategory(db: Kysely<Tables>, id: number): Promise<boolean> {
  const row = await db
    .deleteFrom("categories")
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
