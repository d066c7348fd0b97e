import { pageQuery } from "@myaegee/service-kit";
import Type, { type Static } from "typebox";

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: "\\S" });

const Discount = Type.Object(
  {
    icon: text(200),
    name: text(200),
    shortDescription: text(1000),
    longDescription: text(20_000),
  },
  { additionalProperties: false },
);

export const NewCategory = Type.Object(
  { name: text(200), discounts: Type.Array(Discount, { minItems: 1, maxItems: 100 }) },
  { additionalProperties: false },
);

export const CategoryChanges = Type.Partial(NewCategory, { additionalProperties: false });

export const Category = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  discounts: Type.Array(Discount),
  created_at: Type.String(),
  updated_at: Type.String(),
});

export const CategoriesQuery = Type.Object(pageQuery({ defaultLimit: 500 }));

export type NewCategory = Static<typeof NewCategory>;
export type CategoryChanges = Static<typeof CategoryChanges>;
export type Category = Static<typeof Category>;
