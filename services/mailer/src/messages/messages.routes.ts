import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { forbidden, notFound, ok, okMessage, okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import {
  requireAdmin,
  requireServiceOrAdmin,
  retryPermission,
  viewPermission,
} from "../require-caller.ts";
import { listMessages, readMessage, requeueDead } from "./messages.repository.ts";
import { Message, MessageDetails, MessageParams, MessagesQuery } from "./messages.schema.ts";

export const messagesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, serviceTokens } = deps;

  app.get(
    "/messages",
    {
      schema: {
        summary: "List messages, newest first",
        querystring: MessagesQuery,
        response: responses(SuccessPage(Message)),
      },
    },
    async (request) => {
      await requireAdmin(request, viewPermission);
      const { rows, count } = await listMessages(db, request.query);
      return okPage(rows, count, request.query);
    },
  );

  app.get(
    "/messages/:id",
    {
      schema: {
        summary: "Show a message and its delivery",
        params: MessageParams,
        response: responses(Success(MessageDetails)),
      },
    },
    async (request) => {
      await requireServiceOrAdmin(request, serviceTokens);
      return ok(await expectMessage(request.params.id));
    },
  );

  app.post(
    "/messages/:id/retry",
    {
      schema: {
        summary: "Send a dead message again",
        params: MessageParams,
        response: responses(SuccessMessage),
      },
    },
    async (request) => {
      await requireAdmin(request, retryPermission);
      const { status } = await expectMessage(request.params.id);
      if (!(await requeueDead(db, request.params.id))) {
        throw forbidden(`Only a dead message can be tried again, this one is ${status}.`);
      }
      return okMessage("The message is queued again.");
    },
  );

  async function expectMessage(id: string): Promise<MessageDetails> {
    const message = await readMessage(db, id);
    if (message === null) {
      throw notFound("Message");
    }
    return message;
  }
};
