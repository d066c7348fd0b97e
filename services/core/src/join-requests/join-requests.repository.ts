import type { Page } from "@myaegee/service-kit";

import { matchesSearch, readPage } from "../lists/read-page.ts";
import { selectUser } from "../members/members.repository.ts";
import type { Db } from "../tables.ts";

const columns = [
  "join_requests.id",
  "join_requests.body_id",
  "join_requests.user_id",
  "join_requests.motivation",
  "join_requests.status",
  "join_requests.created_at",
  "join_requests.updated_at",
] as const;

export async function readJoinRequestsPage(
  db: Db,
  bodyId: number,
  list: Page & {
    query?: string | undefined;
    status?: "pending" | "approved" | undefined;
    direction: "asc" | "desc";
  },
) {
  const { status } = list;
  return readPage(
    db
      .selectFrom("join_requests")
      .innerJoin("users", "users.id", "join_requests.user_id")
      .where("join_requests.body_id", "=", bodyId)
      .where(matchesSearch("users", list.query))
      .$if(status !== undefined, (query) => query.where("status", "=", status ?? "pending"))
      .select(columns)
      .select(selectUser)
      .orderBy("join_requests.id", list.direction),
    list,
  );
}

/** Locked, so that of two decisions at once the second finds what the first made of it. */
export async function lockJoinRequest(trx: Db, by: { id: number; bodyId: number }) {
  return trx
    .selectFrom("join_requests")
    .where("id", "=", by.id)
    .where("body_id", "=", by.bodyId)
    .select(["id", "user_id", "body_id", "status"])
    .forUpdate()
    .executeTakeFirst();
}

export async function insertJoinRequest(
  trx: Db,
  request: { body_id: number; user_id: number; motivation: string },
) {
  return trx
    .insertInto("join_requests")
    .values(request)
    .returning(columns)
    .executeTakeFirstOrThrow();
}
