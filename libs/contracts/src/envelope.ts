import Type, { type TObject, type TSchema } from "typebox";

/** The answer of every failure: a message, or messages by field. */
export const Failure = Type.Object({
  success: Type.Literal(false),
  message: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
});

export const PageMeta = Type.Object({
  count: Type.Integer({ description: "All that match, not only this page." }),
  offset: Type.Integer(),
  limit: Type.Integer(),
});

/** `{ success: true, data }`. */
export function Success<T extends TSchema>(data: T) {
  return Type.Object({
    success: Type.Literal(true),
    data,
    message: Type.Optional(Type.String()),
  });
}

/** `{ success: true, data: [...], meta }`: one page of a list. */
export function SuccessPage<T extends TSchema>(item: T) {
  return Type.Object({
    success: Type.Literal(true),
    data: Type.Array(item),
    message: Type.Optional(Type.String()),
    meta: PageMeta,
  });
}

/** `{ success: true, message }`: done, with nothing to show. */
export const SuccessMessage = Type.Object({
  success: Type.Literal(true),
  message: Type.String(),
});

/** The `response` of a route's schema: what it answers when it works, and the failures. */
export function responses<T extends TObject>(success: T) {
  return { "2xx": success, "4xx": Failure, "5xx": Failure };
}

export type Failure = Type.Static<typeof Failure>;
export type PageMeta = Type.Static<typeof PageMeta>;
