import Type, { type Static } from "typebox";

import { Id } from "../lists/schemas.ts";
import { BodyName } from "../members/members.schema.ts";

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Text = Type.String({ minLength: 1, maxLength: 200, pattern: "\\S" });
const Url = Type.String({
  maxLength: 100,
  pattern: "^[a-zA-Z0-9_\\-]*[a-zA-Z_\\-][a-zA-Z0-9_\\-]*$",
});

/** What somebody who wants to sign up gets to see. */
export const PublicCampaign = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  url: Type.String(),
  active: Type.Boolean(),
  description_short: Type.String(),
  description_long: Type.String(),
  autojoin_body: Nullable(BodyName),
});

export const Campaign = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  url: Type.String(),
  active: Type.Boolean(),
  description_short: Type.String(),
  description_long: Type.String(),
  activate_user: Type.Boolean(),
  autojoin_body_id: Nullable(Type.Integer()),
  created_at: Type.String(),
  updated_at: Type.String(),
});

const optionalFields = {
  active: Type.Optional(Type.Boolean()),
  description_short: Type.Optional(Type.String({ maxLength: 2000 })),
  description_long: Type.Optional(Type.String({ maxLength: 20_000 })),
  activate_user: Type.Optional(Type.Boolean()),
  autojoin_body_id: Type.Optional(Nullable(Id)),
};

/** Other fields are ignored. */
export const NewCampaign = Type.Object({ name: Text, url: Url, ...optionalFields });
export const CampaignChanges = Type.Object({
  name: Type.Optional(Text),
  url: Type.Optional(Url),
  ...optionalFields,
});

/** An id, or a url. */
export const CampaignParams = Type.Object({
  campaign: Type.Union([Id, Type.String({ minLength: 1, maxLength: 100 })]),
});

export type NewCampaign = Static<typeof NewCampaign>;
export type CampaignChanges = Static<typeof CampaignChanges>;
