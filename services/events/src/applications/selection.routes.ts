import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { ApplicationParams, readKey } from "./application-params.ts";
import {
  Application,
  AttendedChange,
  CommentChange,
  ConfirmedChange,
  StatusChange,
} from "./application.schema.ts";
import { changeState } from "./change-state.ts";
import { commentApplication } from "./comment-application.ts";

const path = "/single/:event/applications/:application";
const schema = { params: ApplicationParams, response: responses(Success(Application)) };

/** What others say about an application: organisers select, boards comment. */
export const selectionRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.put(
    `${path}/status`,
    {
      onRequest: loggedIn,
      schema: { summary: "Accept or reject an application", ...schema, body: StatusChange },
    },
    async (request) => {
      const session = await requireUser(request);
      const value = request.body.status;
      const key = readKey(request.params);
      return ok(await changeState({ key, field: "status", value, session }, deps));
    },
  );

  app.put(
    `${path}/confirmed`,
    {
      onRequest: loggedIn,
      schema: { summary: "Say whether an applicant confirmed", ...schema, body: ConfirmedChange },
    },
    async (request) => {
      const session = await requireUser(request);
      const value = request.body.confirmed;
      const key = readKey(request.params);
      return ok(await changeState({ key, field: "confirmed", value, session }, deps));
    },
  );

  app.put(
    `${path}/attended`,
    {
      onRequest: loggedIn,
      schema: { summary: "Say whether an applicant attended", ...schema, body: AttendedChange },
    },
    async (request) => {
      const session = await requireUser(request);
      const value = request.body.attended;
      const key = readKey(request.params);
      return ok(await changeState({ key, field: "attended", value, session }, deps));
    },
  );

  app.put(
    `${path}/comment`,
    {
      onRequest: loggedIn,
      schema: {
        summary: "Comment on an application as the body's board",
        ...schema,
        body: CommentChange,
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const comment = request.body.board_comment;
      const key = readKey(request.params);
      return ok(await commentApplication({ key, comment, session }, deps));
    },
  );
};
