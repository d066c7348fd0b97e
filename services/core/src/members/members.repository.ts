import type { Page } from "@myaegee/service-kit";
import { type ExpressionBuilder, sql } from "kysely";
import { jsonArrayFrom, jsonBuildObject, jsonObjectFrom } from "kysely/helpers/postgres";

import { selectCirclesHolding } from "../access/grants.repository.ts";
import { matchesSearch, readPage } from "../lists/read-page.ts";
import type { Db, Tables } from "../tables.ts";

export const memberSorts = [
  "id",
  "first_name",
  "last_name",
  "username",
  "email",
  "created_at",
] as const;

export interface MembersList extends Page {
  query?: string | undefined;
  sort: (typeof memberSorts)[number];
  direction: "asc" | "desc";
  onlyUnconfirmed?: boolean;
  campaignId?: number;
}

export const memberColumns = [
  "users.id",
  "users.username",
  "users.email",
  "users.notification_email",
  "users.gsuite_id",
  "users.primary_email",
  "users.mail_confirmed_at",
  "users.active",
  "users.superadmin",
  "users.privacy_consent",
  "users.first_name",
  "users.last_name",
  "users.date_of_birth",
  "users.gender",
  "users.phone",
  "users.address",
  "users.about_me",
  "users.primary_body_id",
  "users.campaign_id",
  "users.last_logged_in",
  "users.last_active",
  "users.created_at",
  "users.updated_at",
] as const;

export const memberNameColumns = [
  "users.id",
  "users.first_name",
  "users.last_name",
  "users.email",
  "users.notification_email",
] as const;

const bodyNameColumns = ["bodies.id", "bodies.name", "bodies.code", "bodies.type"] as const;

export type MemberDetails = NonNullable<Awaited<ReturnType<typeof readMember>>>;

/** With bodies, circles and join requests, in one statement. */
export async function readMember(db: Db, userId: number) {
  return db
    .selectFrom("users")
    .where("users.id", "=", userId)
    .select(memberColumns)
    .select((query) => [
      jsonArrayFrom(
        query
          .selectFrom("body_memberships")
          .innerJoin("bodies", "bodies.id", "body_memberships.body_id")
          .whereRef("body_memberships.user_id", "=", "users.id")
          .select(bodyNameColumns)
          .orderBy("bodies.id"),
      ).as("bodies"),
      jsonObjectFrom(
        query
          .selectFrom("bodies")
          .whereRef("bodies.id", "=", "users.primary_body_id")
          .select(bodyNameColumns),
      ).as("primary_body"),
      jsonArrayFrom(
        query
          .selectFrom("circle_memberships")
          .innerJoin("circles", "circles.id", "circle_memberships.circle_id")
          .whereRef("circle_memberships.user_id", "=", "users.id")
          .select(["circles.id", "circles.name", "circles.body_id", "circles.parent_circle_id"])
          .orderBy("circles.id"),
      ).as("circles"),
      jsonArrayFrom(
        query
          .selectFrom("join_requests")
          .whereRef("join_requests.user_id", "=", "users.id")
          .select(["join_requests.id", "join_requests.body_id", "join_requests.status"])
          .orderBy("join_requests.id"),
      ).as("join_requests"),
    ])
    .executeTakeFirst();
}

/** Bodies for `GET /session`. */
export async function readBodiesOf(db: Db, userId: number) {
  return db
    .selectFrom("body_memberships")
    .innerJoin("bodies", "bodies.id", "body_memberships.body_id")
    .where("body_memberships.user_id", "=", userId)
    .select(bodyNameColumns)
    .orderBy("bodies.id")
    .execute();
}

export async function readMails(db: Db, userIds: readonly number[]) {
  return db
    .selectFrom("users")
    .where("users.id", "in", userIds)
    .select(memberNameColumns)
    .orderBy("users.id")
    .execute();
}

/** Username, email or Google Workspace id, in any case. */
export async function readAccount(db: Db, login: string) {
  const name = login.trim().toLowerCase();
  return (
    db
      .selectFrom("users")
      .where((where) =>
        where.or([
          where("username", "=", name),
          where("email", "=", name),
          where("gsuite_id", "=", name),
        ]),
      )
      .select(["id", "password_hash", "mail_confirmed_at", "active"])
      // Somebody's username can not be another's email, but may be their Workspace id: the username wins.
      .orderBy(sql`username = ${name}`, "desc")
      .executeTakeFirst()
  );
}

export async function readMembersPage(db: Db, list: MembersList) {
  return readPage(
    db
      .selectFrom("users")
      .where(matchesSearch("users", list.query))
      .$if(list.onlyUnconfirmed === true, (query) => query.where("mail_confirmed_at", "is", null))
      .$if(list.campaignId !== undefined, (query) =>
        query.where("campaign_id", "=", list.campaignId ?? null),
      )
      .select(memberColumns)
      .orderBy(`users.${list.sort}`, list.direction)
      .orderBy("users.id"),
    list,
  );
}

/** Who holds a permission: through a circle, or as superadmin. */
export async function readHoldersPage(db: Db, permissionId: number, list: MembersList) {
  return readPage(
    db
      .selectFrom("users")
      .where(matchesSearch("users", list.query))
      .where((where) =>
        where.or([
          where("superadmin", "=", true),
          where("users.id", "in", (query) =>
            query
              .selectFrom("circle_memberships")
              .where("circle_id", "in", selectCirclesHolding(db, permissionId))
              .select("user_id"),
          ),
        ]),
      )
      .select(memberColumns)
      .orderBy(`users.${list.sort}`, list.direction)
      .orderBy("users.id"),
    list,
  );
}

/** The joined user as an object in a column of its own. */
export function selectUser(query: ExpressionBuilder<Tables, "users">) {
  return jsonBuildObject({
    id: query.ref("users.id"),
    first_name: query.ref("users.first_name"),
    last_name: query.ref("users.last_name"),
    email: query.ref("users.email"),
    notification_email: query.ref("users.notification_email"),
  }).as("user");
}

export async function readBodyName(db: Db, bodyId: number | null) {
  const body = await db
    .selectFrom("bodies")
    .where("id", "=", bodyId)
    .select(bodyNameColumns)
    .executeTakeFirst();
  return body ?? null;
}
