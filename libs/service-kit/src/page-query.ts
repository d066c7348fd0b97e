import Type, { type TLiteral } from "typebox";

export interface Page {
  limit: number;
  offset: number;
}

const MAX_OFFSET = 1_000_000;

/** Query parameters of every list: `Type.Object({ ...pageQuery(), type: … })`. */
export function pageQuery(options: { defaultLimit?: number; maxLimit?: number } = {}) {
  return {
    limit: Type.Integer({
      minimum: 1,
      maximum: options.maxLimit ?? 500,
      default: options.defaultLimit ?? 50,
    }),
    offset: Type.Integer({ minimum: 0, maximum: MAX_OFFSET, default: 0 }),
  };
}

/** Query parameters of a list that can be searched. */
export const searchQuery = {
  query: Type.Optional(Type.String({ maxLength: 200 })),
};

/** Query parameters of a list that can be sorted by these fields and no others. */
export function sortQuery<const Field extends string>(
  fields: readonly [Field, ...Field[]],
  defaultDirection: "asc" | "desc" = "asc",
) {
  const literals: TLiteral<Field>[] = fields.map((field) => Type.Literal(field));
  return {
    sort: Type.Union(literals, { default: fields[0] }),
    direction: Type.Union([Type.Literal("asc"), Type.Literal("desc")], {
      default: defaultDirection,
    }),
  };
}

/** Path parameters with a numeric id: 400 when it is none. */
export const IdParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) });
