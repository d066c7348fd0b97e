import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import {
  MailAccepted,
  mailParameters,
  MailRequest,
  responses,
  Success,
  SuccessMessage,
} from "@myaegee/contracts";
import { ok, okMessage } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { requireService, requireServiceOrAdmin } from "../require-caller.ts";
import { renderMail } from "../templates/render-mail.ts";
import { acceptMail } from "./accept-mail.ts";
import { expectParameters, expectTemplate } from "./expect-parameters.ts";
import { Rendered, RenderRequest, TemplateInfo } from "./mails.schema.ts";

export const mailsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, serviceTokens, publicUrl } = deps;

  app.get(
    "/",
    { schema: { summary: "Say that the mailer is there", response: responses(SuccessMessage) } },
    async () => okMessage("The mailer is here."),
  );

  app.post(
    "/",
    {
      // Before the body is read: strangers learn nothing about templates.
      onRequest: async (request) => void requireService(request, serviceTokens),
      schema: {
        summary: "Accept a mail to be sent",
        body: MailRequest,
        response: responses(Success(MailAccepted)),
      },
    },
    async (request, reply) => {
      const service = requireService(request, serviceTokens);
      const ids = await acceptMail(request.body, service, db);
      return reply.code(202).send(ok({ ids }));
    },
  );

  app.get(
    "/templates",
    {
      schema: {
        summary: "List templates with their parameters",
        response: responses(Success(Type.Array(TemplateInfo))),
      },
    },
    async (request) => {
      await requireServiceOrAdmin(request, serviceTokens);
      return ok(listTemplates());
    },
  );

  app.post(
    "/render",
    {
      onRequest: (request) => requireServiceOrAdmin(request, serviceTokens),
      schema: {
        summary: "Preview a mail without sending it",
        body: RenderRequest,
        response: responses(Success(Rendered)),
      },
    },
    async ({ body }) => {
      const template = expectTemplate(body.template);
      expectParameters(template, body.parameters);
      return ok(renderMail(template, body.parameters, publicUrl));
    },
  );
};

function listTemplates() {
  return Object.entries(mailParameters).map(([name, parameters]) => ({
    name,
    required: [...parameters.required],
    parameters,
  }));
}
