import { notFound, type Page } from "@myaegee/service-kit";
import { sql } from "kysely";

import { expectUnique } from "../errors.ts";
import { matchesSearch, readPage } from "../lists/read-page.ts";
import type { Db } from "../tables.ts";
import type { CampaignChanges, NewCampaign } from "./campaigns.schema.ts";

const columns = [
  "campaigns.id",
  "campaigns.name",
  "campaigns.url",
  "campaigns.active",
  "campaigns.description_short",
  "campaigns.description_long",
  "campaigns.activate_user",
  "campaigns.autojoin_body_id",
  "campaigns.created_at",
  "campaigns.updated_at",
] as const;

export const campaignSorts = ["id", "name", "url", "created_at"] as const;

const campaignKeys = {
  campaigns_url_key: ["url", "Campaign with this url already exists."],
} as const;

/** By id or url; with `bodyId` only one of that body. */
export async function findCampaign(db: Db, idOrUrl: number | string, bodyId?: number) {
  const campaign = await db
    .selectFrom("campaigns")
    .where((where) =>
      typeof idOrUrl === "number" ? where("id", "=", idOrUrl) : where("url", "=", idOrUrl),
    )
    .$if(bodyId !== undefined, (query) => query.where("autojoin_body_id", "=", bodyId ?? null))
    .select(columns)
    .executeTakeFirst();
  if (campaign === undefined) {
    throw notFound("Campaign");
  }
  return campaign;
}

export async function readCampaignsPage(
  db: Db,
  list: Page & {
    query?: string | undefined;
    sort: (typeof campaignSorts)[number];
    direction: "asc" | "desc";
    bodyId?: number;
  },
) {
  const { bodyId } = list;
  return readPage(
    db
      .selectFrom("campaigns")
      .where(matchesSearch("campaigns", list.query))
      .$if(bodyId !== undefined, (query) => query.where("autojoin_body_id", "=", bodyId ?? null))
      .select(columns)
      .orderBy(`campaigns.${list.sort}`, list.direction)
      .orderBy("campaigns.id"),
    list,
  );
}

export async function insertCampaign(db: Db, campaign: NewCampaign) {
  return expectUnique(campaignKeys, () =>
    db
      .insertInto("campaigns")
      .values({ ...pickFields(campaign), name: campaign.name.trim(), url: campaign.url })
      .returning(columns)
      .executeTakeFirstOrThrow(),
  );
}

export async function updateCampaign(db: Db, id: number, changes: CampaignChanges) {
  return expectUnique(campaignKeys, () =>
    db
      .updateTable("campaigns")
      .set({ ...pickFields(changes), updated_at: sql`now()` })
      .where("id", "=", id)
      .returning(columns)
      .executeTakeFirstOrThrow(),
  );
}

function pickFields(changes: CampaignChanges) {
  return {
    name: changes.name?.trim(),
    url: changes.url,
    active: changes.active,
    description_short: changes.description_short,
    description_long: changes.description_long,
    activate_user: changes.activate_user,
    autojoin_body_id: changes.autojoin_body_id,
  };
}
