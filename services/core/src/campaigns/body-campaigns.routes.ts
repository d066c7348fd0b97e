import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { ok, okMessage, okPage } from "@myaegee/service-kit";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { type Caller, expectPermission } from "../access/caller.ts";
import { withinBody } from "../access/permitted.ts";
import { BodyParams } from "../bodies/bodies.schema.ts";
import { findBody } from "../bodies/find-body.ts";
import { Id } from "../lists/schemas.ts";
import { MembersQuery } from "../members/members-lists.routes.ts";
import { readMembersPage } from "../members/members.repository.ts";
import { Member } from "../members/members.schema.ts";
import type { Db } from "../tables.ts";
import {
  findCampaign,
  insertCampaign,
  readCampaignsPage,
  updateCampaign,
} from "./campaigns.repository.ts";
import { CampaignsQuery } from "./campaigns.routes.ts";
import { Campaign, CampaignChanges, NewCampaign } from "./campaigns.schema.ts";

const BodyCampaignParams = Type.Object({ ...BodyParams.properties, campaign: Id });
const campaignAnswer = responses(Success(Campaign));

const schemas = {
  list: {
    summary: "List the campaigns of a body",
    params: BodyParams,
    querystring: CampaignsQuery,
    response: responses(SuccessPage(Campaign)),
  },
  create: {
    summary: "Create a campaign of a body",
    params: BodyParams,
    body: NewCampaign,
    response: campaignAnswer,
  },
  show: {
    summary: "Show a campaign of a body",
    params: BodyCampaignParams,
    response: campaignAnswer,
  },
  listCame: {
    summary: "List who came through a campaign of a body",
    params: BodyCampaignParams,
    querystring: MembersQuery,
    response: responses(SuccessPage(Member)),
  },
  change: {
    summary: "Change a campaign of a body",
    params: BodyCampaignParams,
    body: CampaignChanges,
    response: campaignAnswer,
  },
  remove: {
    summary: "Delete a campaign of a body",
    params: BodyCampaignParams,
    response: responses(SuccessMessage),
  },
};

/** Whoever signs up through a campaign of a body joins that body: it never points anywhere else. */
export const bodyCampaignsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/bodies/:id/campaigns",
    { onRequest: allowUsers, schema: schemas.list },
    async ({ caller, params, query }) => {
      const bodyId = await findPermittedBody(params.id, "view:campaign", { caller, db });
      const { rows, count } = await readCampaignsPage(db, { ...query, bodyId });
      return okPage(rows, count, query);
    },
  );

  app.post(
    "/bodies/:id/campaigns",
    { onRequest: allowUsers, schema: schemas.create },
    async ({ caller, params, body }) => {
      const bodyId = await findPermittedBody(params.id, "create:campaign", { caller, db });
      return ok(await insertCampaign(db, { ...body, ...ofBoard, autojoin_body_id: bodyId }));
    },
  );

  app.get(
    "/bodies/:id/campaigns/:campaign",
    { onRequest: allowUsers, schema: schemas.show },
    async ({ caller, params }) => {
      const bodyId = await findPermittedBody(params.id, "view:campaign", { caller, db });
      return ok(await findCampaign(db, params.campaign, bodyId));
    },
  );

  app.get(
    "/bodies/:id/campaigns/:campaign/members",
    { onRequest: allowUsers, schema: schemas.listCame },
    async ({ caller, params, query }) => {
      const bodyId = await findPermittedBody(params.id, "view:member", { caller, db });
      const { id: campaignId } = await findCampaign(db, params.campaign, bodyId);
      const { rows, count } = await readMembersPage(db, { ...query, campaignId });
      return okPage(rows, count, query);
    },
  );
};

export const bodyCampaignWritingRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (
  app,
  { db },
) => {
  app.put(
    "/bodies/:id/campaigns/:campaign",
    { onRequest: allowUsers, schema: schemas.change },
    async ({ caller, params, body }) => {
      const bodyId = await findPermittedBody(params.id, "update:campaign", { caller, db });
      const { id } = await findCampaign(db, params.campaign, bodyId);
      const changes = { ...body, ...ofBoard, autojoin_body_id: bodyId };
      return ok(await updateCampaign(db, id, changes));
    },
  );

  app.delete(
    "/bodies/:id/campaigns/:campaign",
    { onRequest: allowUsers, schema: schemas.remove },
    async ({ caller, params }) => {
      const bodyId = await findPermittedBody(params.id, "delete:campaign", { caller, db });
      const { id } = await findCampaign(db, params.campaign, bodyId);
      await db.deleteFrom("campaigns").where("id", "=", id).execute();
      return okMessage("Campaign is deleted.");
    },
  );
};

/** A board must not let people in whose mail nobody confirmed: only whoever runs all campaigns may. */
const ofBoard = { activate_user: undefined } as const;

async function findPermittedBody(
  idOrCode: number | string,
  permission: string,
  { caller, db }: { caller: Caller; db: Db },
): Promise<number> {
  const { id } = await findBody(idOrCode, { caller, db });
  await expectPermission(caller, permission, withinBody(id));
  return id;
}
