import { pageQuery, searchQuery, sortQuery } from "@myaegee/service-kit";
import Type, { type Static } from "typebox";

const [firstField, ...otherFields] = [
  "id",
  "statutory_id",
  "first_name",
  "last_name",
  "body_name",
  "participant_type",
  "participant_order",
  "status",
  "created_at",
  "updated_at",
] as const;

export const ApplicationListQuery = Type.Object({
  ...pageQuery({ defaultLimit: 500, maxLimit: 2000 }),
  ...searchQuery,
  ...sortQuery([firstField, ...otherFields], "desc"),
  displayCancelled: Type.Optional(Type.Boolean()),
});

export type ApplicationListQuery = Static<typeof ApplicationListQuery>;

/** A table holds the whole list, whatever page was asked for. */
export const wholeList = { limit: 20_000, offset: 0 };
