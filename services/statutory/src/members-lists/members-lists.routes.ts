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

/** Members lists that locals hand in before an Agora, and what they owe for them. */
export const membersListsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.get(
    path,
    { schema: { ...page, response: responses(SuccessPage(MembersList)) } },
    async (request) => {
      const { params, query } = request;
      const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
      const { rows, count } = await listSubmittedLists(context, query, deps);
      return okPage(rows, count, query);
    },
  );

  const bodies = { ...page, response: responses(SuccessPage(ListlessBody)) };

  app.get(`${path}/missing`, { schema: bodies }, async (request) => {
    const { params, query } = request;
    const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
    const { rows, count } = await listBodiesMissingList(context, query, deps);
    return okPage(rows, count, query);
  });

  app.get(`${path}/without_fee`, { schema: bodies }, async (request) => {
    const { params, query } = request;
    const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
    const { rows, count } = await listBodiesPayingNoFee(context, query, deps);
    return okPage(rows, count, query);
  });

  app.get(`${path}/:body_id`, { schema: oneList }, async (request) => {
    const { event_id, body_id } = request.params;
    const context = await readAgoraContext(event_id, await requireUser(request), deps);
    return ok(await readMembersList(body_id, context, deps));
  });

  app.post(
    `${path}/:body_id`,
    { schema: { ...oneList, body: NewMembersList } },
    async (request) => {
      const { event_id, body_id: bodyId } = request.params;
      const context = await readAgoraContext(event_id, await requireUser(request), deps);
      return ok(await uploadMembersList(request.body, { bodyId, context }, deps));
    },
  );

  app.put(
    `${path}/:body_id/fee_paid`,
    { schema: { ...oneList, body: FeePaid } },
    async (request) => {
      const { event_id, body_id: bodyId } = request.params;
      const context = await readAgoraContext(event_id, await requireUser(request), deps);
      return ok(await setFeePaid(request.body.fee_paid, { bodyId, context }, deps));
    },
  );
};
