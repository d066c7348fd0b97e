import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage } from "@myaegee/contracts";
import { ok, okMessage } from "@myaegee/service-kit";

import type { Limits } from "../limits/plan-limits.ts";
import { takeAttempt } from "../limits/take-attempt.ts";
import type { Db } from "../tables.ts";
import {
  CampaignParams,
  MailToken,
  Reset,
  ResetRequest,
  SignedUp,
  SignUp,
} from "./accounts.schema.ts";
import { confirmEmail } from "./confirm-email.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";
import { signUp } from "./sign-up.ts";

const schemas = {
  sign: {
    summary: "Sign up through a campaign",
    params: CampaignParams,
    body: SignUp,
    response: responses(Success(SignedUp)),
  },
  confirm: {
    summary: "Confirm the address of a new account",
    body: MailToken,
    response: responses(SuccessMessage),
  },
  ask: {
    summary: "Ask for a mail to set a new password",
    body: ResetRequest,
    response: responses(SuccessMessage),
  },
  set: {
    summary: "Set a new password with the mailed token",
    body: Reset,
    response: responses(SuccessMessage),
  },
};

export const accountsRoutes: FastifyPluginAsyncTypebox<{ db: Db; limits: Limits }> = async (
  app,
  { db, limits },
) => {
  app.post("/signup/:campaign", { schema: schemas.sign }, async (request) => {
    await takeAttempt(db, limits.signUpPerAddress, request.ip);
    await takeAttempt(db, limits.signUpPerAccount, request.body.email);
    return ok(await signUp(request.body, { campaignUrl: request.params.campaign, db }));
  });

  app.post("/confirm-email", { schema: schemas.confirm }, async (request) => {
    await confirmEmail(request.body.token, db);
    return okMessage("Mail was confirmed successfully.");
  });

  app.post("/password_reset", { schema: schemas.ask }, async (request) => {
    await takeAttempt(db, limits.resetPerAddress, request.ip);
    await takeAttempt(db, limits.resetPerAccount, request.body.email);
    await requestPasswordReset(request.body.email, db);
    return okMessage("If there is an account with this email, a mail is on its way.");
  });

  app.post("/password_confirm", { schema: schemas.set }, async (request) => {
    await resetPassword(request.body, db);
    return okMessage("Password was changed successfully.");
  });
};
