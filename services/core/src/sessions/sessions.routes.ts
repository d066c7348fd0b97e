import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Session, Success, SuccessMessage } from "@myaegee/contracts";
import { ok, okMessage } from "@myaegee/service-kit";

import { allowKnown } from "../access/add-caller.ts";
import type { Limits } from "../limits/plan-limits.ts";
import { forgetAttempts, takeAttempt } from "../limits/take-attempt.ts";
import type { Db } from "../tables.ts";
import { describeSession } from "./describe-session.ts";
import { logIn } from "./log-in.ts";
import { logOut } from "./log-out.ts";
import { renewSession } from "./renew-session.ts";
import type { TokenPair } from "./sessions.repository.ts";
import { Credentials, RefreshToken, TokensAnswer } from "./sessions.schema.ts";

export const sessionsRoutes: FastifyPluginAsyncTypebox<{ db: Db; limits: Limits }> = async (
  app,
  { db, limits },
) => {
  app.post(
    "/login",
    { schema: { summary: "Log in", body: Credentials, response: responses(TokensAnswer) } },
    async (request) => {
      const { username } = request.body;
      await takeAttempt(db, limits.logInPerAddress, request.ip);
      await takeAttempt(db, limits.logInPerAccount, username);
      const tokens = await logIn(request.body, db);
      await forgetAttempts(db, limits.logInPerAccount, username);
      return answerTokens(tokens);
    },
  );

  app.post(
    "/renew",
    {
      schema: {
        summary: "Renew a session and rotate its tokens",
        body: RefreshToken,
        response: responses(TokensAnswer),
      },
    },
    async (request) => answerTokens(await renewSession(request.body.refresh_token, db)),
  );

  app.post(
    "/logout",
    { schema: { summary: "Log out", body: RefreshToken, response: responses(SuccessMessage) } },
    async (request) => {
      await logOut(request.body.refresh_token, db);
      return okMessage("You are now logged out.");
    },
  );

  app.get(
    "/session",
    {
      onRequest: allowKnown,
      schema: {
        summary: "Show who calls and what they may do",
        response: responses(Success(Session)),
      },
    },
    async (request) => ok(await describeSession(request.caller, db)),
  );
};

function answerTokens(tokens: TokenPair) {
  return { ...ok(tokens), ...tokens };
}
