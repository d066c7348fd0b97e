import { localBodyTypes } from "@myaegee/contracts";
import type { Page } from "@myaegee/service-kit";
import { jsonArrayFrom } from "kysely/helpers/postgres";

import { matchesSearch, readPage } from "../lists/read-page.ts";
import type { Db } from "../tables.ts";

export const bodyColumns = [
  "bodies.id",
  "bodies.name",
  "bodies.description",
  "bodies.task_description",
  "bodies.code",
  "bodies.abbreviation",
  "bodies.email",
  "bodies.phone",
  "bodies.address",
  "bodies.postal_address",
  "bodies.type",
  "bodies.fee_currency",
  "bodies.pays_fees",
  "bodies.founded_at",
  "bodies.status",
  "bodies.country",
  "bodies.website",
  "bodies.gsuite_id",
  "bodies.google_group",
  "bodies.shadow_circle_id",
  "bodies.created_at",
  "bodies.updated_at",
] as const;

export const bodySorts = ["name", "id", "code", "type", "created_at"] as const;

/** Which bodies somebody gets to see. */
export type Sight = "active locals" | "active" | "all";

export interface BodiesList extends Page {
  query?: string | undefined;
  types?: readonly string[] | undefined;
  sort: (typeof bodySorts)[number];
  direction: "asc" | "desc";
}

export type BodyDetails = NonNullable<Awaited<ReturnType<typeof readBody>>>;

export async function readBodiesPage(db: Db, sight: Sight, list: BodiesList) {
  return readPage(
    selectVisible(db, sight)
      .where(matchesSearch("bodies", list.query))
      .$if(list.types !== undefined, (query) => query.where("type", "in", list.types ?? []))
      .select(bodyColumns)
      .orderBy(`bodies.${list.sort}`, list.direction)
      .orderBy("bodies.id"),
    list,
  );
}

/** By id or code. */
export async function readBody(db: Db, idOrCode: number | string, sight: Sight) {
  return selectVisible(db, sight)
    .where((where) =>
      typeof idOrCode === "number"
        ? where("bodies.id", "=", idOrCode)
        : where("bodies.code", "=", idOrCode.toUpperCase()),
    )
    .select(bodyColumns)
    .select((query) =>
      jsonArrayFrom(
        query
          .selectFrom("circles")
          .whereRef("circles.body_id", "=", "bodies.id")
          .select([
            "circles.id",
            "circles.name",
            "circles.description",
            "circles.body_id",
            "circles.parent_circle_id",
          ])
          .orderBy("circles.id"),
      ).as("circles"),
    )
    .executeTakeFirst();
}

function selectVisible(db: Db, sight: Sight) {
  return db
    .selectFrom("bodies")
    .$if(sight !== "all", (query) => query.where("status", "=", "active"))
    .$if(sight === "active locals", (query) => query.where("type", "in", localBodyTypes));
}
