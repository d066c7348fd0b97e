import { pageQuery } from "@myaegee/service-kit";
import Type, { type Static } from "typebox";

import { Integration } from "../integrations/integrations.schema.ts";

export const NewCodes = Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: "\\S" }), {
  minItems: 1,
  maxItems: 10_000,
});

export const AddedCodes = Type.Object({
  added: Type.Integer(),
  skipped: Type.Integer({ description: "They were there already, or twice in the list." }),
});

const codeFields = {
  id: Type.Integer(),
  value: Type.String(),
  integration_id: Type.Integer(),
  claimed_by: Type.Integer(),
  claimed_at: Type.String(),
};

export const ClaimedCode = Type.Object(codeFields);

export const MyCode = Type.Object({
  ...codeFields,
  integration: Type.Pick(Integration, ["id", "name", "code", "description"]),
});

export const MyCodesQuery = Type.Object(pageQuery({ defaultLimit: 500 }));

export type AddedCodes = Static<typeof AddedCodes>;
export type ClaimedCode = Static<typeof ClaimedCode>;
export type MyCode = Static<typeof MyCode>;
