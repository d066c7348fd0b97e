import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, SuccessMessage } from "@myaegee/contracts";
import { okMessage } from "@myaegee/service-kit";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { MailToken } from "../accounts/accounts.schema.ts";
import type { Limits } from "../limits/plan-limits.ts";
import { forgetAttempts, takeAttempt } from "../limits/take-attempt.ts";
import type { Db } from "../tables.ts";
import { confirmEmailChange, requestEmailChange } from "./change-email.ts";
import { changePassword } from "./change-password.ts";
import { findMember } from "./find-member.ts";
import { Email, MemberParams, Password } from "./members.schema.ts";
import { expectOwnOrUpdate } from "./update-member.ts";

const Passwords = Type.Object({
  old_password: Type.String({ minLength: 1, maxLength: 256 }),
  password: Password,
});
const NewEmail = Type.Object({ new_email: Email });

const messageAnswer = responses(SuccessMessage);

/** How somebody gets in and is reached: addresses and passwords. */
export const memberAccountsRoutes: FastifyPluginAsyncTypebox<{ db: Db; limits: Limits }> = async (
  app,
  { db, limits },
) => {
  app.put(
    "/members/:id/email",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Ask for another address, to be confirmed by mail",
        params: MemberParams,
        body: NewEmail,
        response: messageAnswer,
      },
    },
    async ({ caller, params, body }) => {
      const member = await findMember(params.id, { caller, db });
      await expectOwnOrUpdate(member, caller);
      await requestEmailChange(member.id, body.new_email, db);
      return okMessage("The mail change was triggered. Check your email.");
    },
  );

  app.post(
    "/confirm-email-change",
    {
      schema: {
        summary: "Confirm another address with the mailed token",
        body: MailToken,
        response: messageAnswer,
      },
    },
    async ({ body }) => {
      await confirmEmailChange(body.token, db);
      return okMessage("Mail was changed successfully.");
    },
  );

  app.put(
    "/members/:id/password",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Change a password",
        params: MemberParams,
        body: Passwords,
        response: messageAnswer,
      },
    },
    async ({ caller, params, body, headers }) => {
      const member = await findMember(params.id, { caller, db });
      await expectOwnOrUpdate(member, caller);
      await takeAttempt(db, limits.logInPerAccount, member.username);
      await changePassword(member.id, body, {
        db,
        keptToken: headers["x-auth-token"]?.toString() ?? "",
      });
      await forgetAttempts(db, limits.logInPerAccount, member.username);
      return okMessage("The password was changed.");
    },
  );
};
