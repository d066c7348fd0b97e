import { pageQuery, searchQuery } from "@myaegee/service-kit";
import Type from "typebox";

export const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** A list of memberships or requests, in the order they were made. */
export const ByAgeQuery = Type.Object({
  ...pageQuery(),
  ...searchQuery,
  direction: Type.Union([Type.Literal("asc"), Type.Literal("desc")], { default: "asc" }),
});

export const UserChosen = Type.Object({ user_id: Id });
