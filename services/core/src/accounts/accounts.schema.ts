import Type from "typebox";

import { Email, NewMember, Password } from "../members/members.schema.ts";
import { Token } from "../sessions/sessions.schema.ts";

export const SignUp = Type.Object({ ...NewMember.properties, password: Password });

/** What somebody who signed up gets to see of the account: nothing that is not theirs to choose. */
export const SignedUp = Type.Object({
  username: Type.String(),
  email: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  date_of_birth: Type.Union([Type.String(), Type.Null()]),
  gender: Type.String(),
  phone: Type.String(),
  address: Type.String(),
  about_me: Type.String(),
  privacy_consent: Type.Union([Type.String(), Type.Null()]),
  campaign_id: Type.Union([Type.Integer(), Type.Null()]),
});

export const CampaignParams = Type.Object({ campaign: Type.String({ maxLength: 200 }) });
export const MailToken = Type.Object({ token: Token });
export const ResetRequest = Type.Object({ email: Email });
export const Reset = Type.Object({ token: Token, password: Password });
