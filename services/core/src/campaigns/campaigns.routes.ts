import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { ok, okMessage, okPage, pageQuery, searchQuery, sortQuery } from "@myaegee/service-kit";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission, hasPermission } from "../access/caller.ts";
import { MembersQuery } from "../members/members-lists.routes.ts";
import { readBodyName, readMembersPage } from "../members/members.repository.ts";
import { Member } from "../members/members.schema.ts";
import type { Db } from "../tables.ts";
import {
  campaignSorts,
  findCampaign,
  insertCampaign,
  readCampaignsPage,
  updateCampaign,
} from "./campaigns.repository.ts";
import {
  Campaign,
  CampaignChanges,
  CampaignParams,
  NewCampaign,
  PublicCampaign,
} from "./campaigns.schema.ts";
import { expectBodyExists } from "./expect-body-exists.ts";

export const CampaignsQuery = Type.Object({
  ...pageQuery(),
  ...searchQuery,
  ...sortQuery(campaignSorts),
});
const campaignAnswer = responses(Success(Campaign));

export const campaignsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/campaigns",
    {
      onRequest: allowUsers,
      schema: {
        summary: "List campaigns",
        querystring: CampaignsQuery,
        response: responses(SuccessPage(Campaign)),
      },
    },
    async ({ caller, query }) => {
      await expectPermission(caller, "global:view:campaign");
      const { rows, count } = await readCampaignsPage(db, query);
      return okPage(rows, count, query);
    },
  );

  app.get(
    "/campaigns/:campaign",
    {
      schema: {
        summary: "Show a campaign",
        params: CampaignParams,
        response: responses(Success(Type.Union([Campaign, PublicCampaign]))),
      },
    },
    async ({ caller, params }) => {
      const campaign = await findCampaign(db, params.campaign);
      if (await hasPermission(caller, "global:view:campaign")) {
        return ok(campaign);
      }
      const { id, name, url, active, description_short, description_long } = campaign;
      const autojoin_body = await readBodyName(db, campaign.autojoin_body_id);
      return ok({ id, name, url, active, description_short, description_long, autojoin_body });
    },
  );

  app.get(
    "/campaigns/:campaign/members",
    {
      onRequest: allowUsers,
      schema: {
        summary: "List who came through a campaign",
        params: CampaignParams,
        querystring: MembersQuery,
        response: responses(SuccessPage(Member)),
      },
    },
    async ({ caller, params, query }) => {
      await expectPermission(caller, "global:view:member");
      const { id: campaignId } = await findCampaign(db, params.campaign);
      const { rows, count } = await readMembersPage(db, { ...query, campaignId });
      return okPage(rows, count, query);
    },
  );
};

export const campaignsWritingRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (
  app,
  { db },
) => {
  app.post(
    "/campaigns",
    {
      onRequest: allowUsers,
      schema: { summary: "Create a campaign", body: NewCampaign, response: campaignAnswer },
    },
    async ({ caller, body }) => {
      await expectPermission(caller, "global:create:campaign");
      await expectBodyExists(body.autojoin_body_id, db);
      return ok(await insertCampaign(db, body));
    },
  );

  app.put(
    "/campaigns/:campaign",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Change a campaign",
        params: CampaignParams,
        body: CampaignChanges,
        response: campaignAnswer,
      },
    },
    async ({ caller, params, body }) => {
      await expectPermission(caller, "global:update:campaign");
      const { id } = await findCampaign(db, params.campaign);
      await expectBodyExists(body.autojoin_body_id, db);
      return ok(await updateCampaign(db, id, body));
    },
  );

  app.delete(
    "/campaigns/:campaign",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Delete a campaign",
        params: CampaignParams,
        response: responses(SuccessMessage),
      },
    },
    async ({ caller, params }) => {
      await expectPermission(caller, "global:delete:campaign");
      const { id } = await findCampaign(db, params.campaign);
      await db.deleteFrom("campaigns").where("id", "=", id).execute();
      return okMessage("Campaign is deleted.");
    },
  );
};
