import { escapeHtml, type SessionUser } from "@myaegee/contracts";
import { lockKey } from "@myaegee/database";
import { enqueueMail } from "@myaegee/outbox";
import { forbidden, notFound } from "@myaegee/service-kit";
import type { Transaction } from "kysely";

import type { Deps } from "../deps.ts";
import type { Integration } from "../integrations/integrations.schema.ts";
import { expectIntegration } from "../integrations/save-integration.ts";
import type { Tables } from "../tables.ts";
import { claimOldestFreeCode, countClaims } from "./codes.repository.ts";
import type { ClaimedCode } from "./codes.schema.ts";
import { planPeriodStart } from "./plan-period-start.ts";

/** Gives the user one free code and mails it to them: all of that, or nothing. */
export async function claimCode(
  idOrCode: string,
  user: SessionUser,
  { db, now }: Pick<Deps, "db" | "now">,
): Promise<ClaimedCode> {
  if (user.bodies.length === 0) {
    throw forbidden("Discounts are for members of a body.");
  }
  const { id } = await expectIntegration(idOrCode, db);
  return db.transaction().execute(async (trx) => {
    // Of one user's claims at the same time, each sees the one before.
    await lockKey(trx, `claim:${id}:${user.id}`);
    const integration = await shareIntegration(trx, id);
    await expectQuota(trx, integration, { userId: user.id, now: now() });
    const code = await claimOldestFreeCode(trx, { integrationId: id, userId: user.id, now: now() });
    if (code === null) {
      throw forbidden("No codes are left for this integration.");
    }
    await enqueueMail(trx, planMail(user, integration, code));
    return code;
  });
}

/** Holds off its deletion until the claim is through. */
async function shareIntegration(trx: Transaction<Tables>, id: number): Promise<Integration> {
  const integration = await trx
    .selectFrom("integrations")
    .selectAll()
    .where("id", "=", id)
    .forShare()
    .executeTakeFirst();
  if (integration === undefined) {
    throw notFound("Integration");
  }
  return integration;
}

async function expectQuota(
  trx: Transaction<Tables>,
  integration: Integration,
  { userId, now }: { userId: number; now: Date },
): Promise<void> {
  const { id: integrationId, quota_period: period, quota_amount: amount } = integration;
  const since = planPeriodStart(period, now);
  const claims = await countClaims(trx, { integrationId, userId, since });
  if (claims >= amount) {
    throw forbidden(
      `You have claimed ${claims} codes this ${period}, and ${amount} are allowed. Please wait for the next ${period}.`,
    );
  }
}

function planMail(user: SessionUser, { name, description }: Integration, code: ClaimedCode) {
  const paragraphs = [
    `<p>Hello ${escapeHtml(user.first_name)},</p>`,
    `<p>here is your code for ${escapeHtml(name)}:</p>`,
    `<p><strong>${escapeHtml(code.value)}</strong></p>`,
    `<p>${escapeHtml(description)}</p>`,
  ];
  return {
    template: "custom" as const,
    to: user.notification_email,
    subject: `Your discount code for ${name}`,
    parameters: { body: paragraphs.join("\n") },
  };
}
