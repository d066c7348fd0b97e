import { sql, type Kysely, type Selectable, type Transaction } from "kysely";

import type { PicturesTable, Tables } from "../tables.ts";

export type Picture = Omit<Selectable<PicturesTable>, "updated_at">;

/** One picture an event: a new one takes the place of the old. `name` is what the event shows of it. */
export async function writePicture(
  trx: Transaction<Tables>,
  { name, ...picture }: Picture & { name: string },
): Promise<void> {
  await trx
    .insertInto("pictures")
    .values(picture)
    .onConflict((conflict) =>
      conflict.column("event_id").doUpdateSet({ ...picture, updated_at: sql`now()` }),
    )
    .execute();
  await trx
    .updateTable("events")
    .set({ image: name, updated_at: sql`now()` })
    .where("id", "=", picture.event_id)
    .execute();
}

/** Without the content, which is only read when the browser has no copy of its own. */
export async function readPictureHead(
  db: Kysely<Tables>,
  eventId: number,
): Promise<Omit<Picture, "content"> | undefined> {
  return db
    .selectFrom("pictures")
    .select(["event_id", "mime_type", "sha256"])
    .where("event_id", "=", eventId)
    .executeTakeFirst();
}

export async function readPictureContent(db: Kysely<Tables>, eventId: number): Promise<Buffer> {
  const { content } = await db
    .selectFrom("pictures")
    .select("content")
    .where("event_id", "=", eventId)
    .executeTakeFirstOrThrow();
  return content;
}
