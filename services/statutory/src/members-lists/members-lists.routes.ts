import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { ok, okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readAgoraContext } from "../events/read-event-context.ts";
import { BodyPath, EventPath, LongPage } from "../paths.ts";
import {
  listBodiesMissingList,
  listBodiesPayingNoFee,
  listSubmittedLists,
} from "./list-members-lists.ts";
import { FeePaid, ListlessBody, MembersList, NewMembersList } from "./members-lists.schema.ts";
import { readMembersList, setFeePaid } from "./read-members-list.ts";
import { uploadMembersList } from "./upload-members-list.ts";

const path = "/events/:event_id/memberslists";
const oneList = { params: BodyPath, response: responses(Success(MembersList)) };
const page = { params: EventPath, querystring: LongPage };

const bodies = { ...page, response: responses(SuccessPage(ListlessBody)) };

const schemas = {
  list: {
    summary: "List members lists",
    ...page,
    response: responses(SuccessPage(MembersList)),
  },
  listBodies: { summary: "List bodies without a members list", ...bodies },
  listBodiesHave: { summary: "List bodies that have not paid for their members list", ...bodies },
  show: { summary: "Show a members list", ...oneList },
  upload: { summary: "Upload or replace a members list", ...oneList, body: NewMembersList },
  record: { summary: "Record the fee paid for a members list", ...oneList, body: FeePaid },
};

/** Members lists that locals hand in before an Agora, and what they owe for them. */
export const membersListsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.get(path, { schema: schemas.list }, async (request) => {
    const { params, query } = request;
    const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
    const { rows, count } = await listSubmittedLists(context, query, deps);
    return okPage(rows, count, query);
  });

  app.get(`${path}/missing`, { schema: schemas.listBodies }, async (request) => {
    const { params, query } = request;
    const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
    const { rows, count } = await listBodiesMissingList(context, query, deps);
    return okPage(rows, count, query);
  });

  app.get(`${path}/without_fee`, { schema: schemas.listBodiesHave }, async (request) => {
    const { params, query } = request;
    const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
    const { rows, count } = await listBodiesPayingNoFee(context, query, deps);
    return okPage(rows, count, query);
  });

  app.get(`${path}/:body_id`, { schema: schemas.show }, async (request) => {
    const { event_id, body_id } = request.params;
    const context = await readAgoraContext(event_id, await requireUser(request), deps);
    return ok(await readMembersList(body_id, context, deps));
  });

  app.post(`${path}/:body_id`, { schema: schemas.upload }, async (request) => {
    const { event_id, body_id: bodyId } = request.params;
    const context = await readAgoraContext(event_id, await requireUser(request), deps);
    return ok(await uploadMembersList(request.body, { bodyId, context }, deps));
  });

  app.put(`${path}/:body_id/fee_paid`, { schema: schemas.record }, async (request) => {
    const { event_id, body_id: bodyId } = request.params;
    const context = await readAgoraContext(event_id, await requireUser(request), deps);
    return ok(await setFeePaid(request.body.fee_paid, { bodyId, context }, deps));
  });
};
