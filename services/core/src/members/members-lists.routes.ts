import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { MemberMail, responses, Success, SuccessPage } from "@myaegee/contracts";
import { badRequest, ok, okPage, pageQuery, searchQuery, sortQuery } from "@myaegee/service-kit";
import Type from "typebox";

import { allowKnown, allowUsers } from "../access/add-caller.ts";
import { type Caller, expectPermission } from "../access/caller.ts";
import type { Db } from "../tables.ts";
import { memberSorts, readMails, readMembersPage } from "./members.repository.ts";
import { Member, MemberFound } from "./members.schema.ts";

export const MembersQuery = Type.Object({
  ...pageQuery(),
  ...searchQuery,
  ...sortQuery(memberSorts),
});
const MailsQuery = Type.Object({
  query: Type.String({
    description: "Up to 500 ids, separated by commas.",
    pattern: "^\\d{1,9}(,\\d{1,9})*$",
    maxLength: 5000,
  }),
});
const MAX_MAILS = 500;

export const membersListsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  const lists = [
    {
      path: "/members",
      summary: "List members",
      permission: "global:view:member",
      onlyUnconfirmed: false,
      item: Member,
    },
    {
      path: "/members/unconfirmed",
      summary: "List accounts that are not confirmed yet",
      permission: "global:view_unconfirmed:member",
      onlyUnconfirmed: true,
      item: Member,
    },
    {
      path: "/members_search",
      summary: "Find members by name, username or address",
      permission: "global:search:member",
      onlyUnconfirmed: false,
      item: MemberFound,
    },
  ];
  for (const { path, summary, permission, onlyUnconfirmed, item } of lists) {
    app.get(
      path,
      {
        onRequest: allowUsers,
        schema: { summary, querystring: MembersQuery, response: responses(SuccessPage(item)) },
      },
      async ({ caller, query }) => {
        await expectPermission(caller, permission);
        const { rows, count } = await readMembersPage(db, { ...query, onlyUnconfirmed });
        return okPage(rows, count, query);
      },
    );
  }

  app.get(
    "/members_email",
    {
      onRequest: allowKnown,
      schema: {
        summary: "Mail addresses of up to 500 members",
        querystring: MailsQuery,
        response: responses(Success(Type.Array(MemberMail))),
      },
    },
    async ({ caller, query }) => {
      const ids = parseIds(query.query);
      await expectMayMail(caller, ids);
      return ok(await readMails(db, ids));
    },
  );
};

function parseIds(query: string): number[] {
  const ids = [...new Set(query.split(",").map(Number))];
  if (ids.length > MAX_MAILS) {
    throw badRequest(`Query has ${ids.length} ids, expected at most ${MAX_MAILS}.`);
  }
  return ids;
}

/** Services, whoever holds the permission, and everybody for their own address. */
async function expectMayMail(caller: Caller, ids: readonly number[]): Promise<void> {
  const isOwn = caller.kind === "user" && ids.every((id) => id === caller.user.id);
  if (caller.kind !== "service" && !isOwn) {
    await expectPermission(caller, "global:mail:member");
  }
}
