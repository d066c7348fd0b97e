import { enqueueMail } from "@myaegee/outbox";
import { expectNoFaults, forbidden } from "@myaegee/service-kit";

import { findCampaign } from "../campaigns/campaigns.repository.ts";
import { expectUnique } from "../errors.ts";
import { insertMember, memberKeys } from "../members/insert-member.ts";
import type { NewMember } from "../members/members.schema.ts";
import { findNewMemberFaults } from "../members/profile.ts";
import { insertBodyMember } from "../memberships/memberships.repository.ts";
import type { Db } from "../tables.ts";
import { insertMailToken } from "./mail-tokens.repository.ts";
import { hashPassword } from "./password.ts";

export type SignUp = NewMember & { password: string };

/** An account through an active campaign: unconfirmed, unless the campaign activates it, and perhaps in a body. */
export async function signUp(
  newcomer: SignUp,
  { campaignUrl, db }: { campaignUrl: string; db: Db },
) {
  const campaign = await findCampaign(db, campaignUrl);
  if (!campaign.active) {
    throw forbidden("Campaign is not active.");
  }
  const now = new Date();
  expectNoFaults(findNewMemberFaults(newcomer, now));
  const passwordHash = await hashPassword(newcomer.password);

  return expectUnique(memberKeys, () =>
    db.transaction().execute(async (trx) => {
      const member = await insertMember(trx, newcomer, {
        now,
        passwordHash,
        isConfirmed: campaign.activate_user,
        campaignId: campaign.id,
      });
      if (campaign.autojoin_body_id !== null) {
        await insertBodyMember(trx, { userId: member.id, bodyId: campaign.autojoin_body_id });
      }
      if (!campaign.activate_user) {
        await enqueueMail(trx, {
          template: "confirm_email",
          to: member.email,
          subject: "MyAEGEE: Please confirm your account",
          parameters: {
            name: member.first_name,
            surname: member.last_name,
            token: await insertMailToken(trx, { purpose: "confirm-email", userId: member.id }),
          },
        });
      }
      return member;
    }),
  );
}
