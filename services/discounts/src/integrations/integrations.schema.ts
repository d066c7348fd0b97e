import { pageQuery, searchQuery } from "@myaegee/service-kit";
import Type, { type Static } from "typebox";

const name = Type.String({ minLength: 1, maxLength: 200, pattern: "\\S" });
const code = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: "^[\\w.-]*[A-Za-z][\\w.-]*$",
  description:
    "Letters, digits, dot, dash and underscore, with a letter: so it is never taken for an id.",
});
const quotaPeriod = Type.Union([Type.Literal("day"), Type.Literal("month"), Type.Literal("year")]);
const quotaAmount = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
const description = Type.String({ minLength: 1, maxLength: 10_000, pattern: "\\S" });

export const NewIntegration = Type.Object(
  { name, code, quota_period: quotaPeriod, quota_amount: quotaAmount, description },
  { additionalProperties: false },
);

export const IntegrationChanges = Type.Partial(NewIntegration, { additionalProperties: false });

export const Integration = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  code: Type.String(),
  quota_period: quotaPeriod,
  quota_amount: Type.Integer(),
  description: Type.String(),
  created_at: Type.String(),
  updated_at: Type.String(),
  free_codes: Type.Optional(Type.Integer({ description: "For managers only." })),
  claimed_codes: Type.Optional(Type.Integer({ description: "For managers only." })),
});

export const IntegrationParams = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100, description: "Id or code." }),
});

export const IntegrationsQuery = Type.Object({
  ...pageQuery({ defaultLimit: 500 }),
  ...searchQuery,
});

export type NewIntegration = Static<typeof NewIntegration>;
export type IntegrationChanges = Static<typeof IntegrationChanges>;
export type Integration = Static<typeof Integration>;
export type IntegrationsQuery = Static<typeof IntegrationsQuery>;
