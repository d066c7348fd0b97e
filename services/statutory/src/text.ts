import Type from "typebox";

/** A text with at least one visible character. */
export function Text(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: "\\S" });
}

/** A text that may be empty, absent or null. */
export function OptionalText(maxLength: number) {
  return Type.Optional(Type.Union([Type.String({ maxLength }), Type.Null()]));
}

export function Nullable<T extends Type.TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** The biggest id that the database's `integer` holds. */
const MAX_ID = 2_147_483_647;

export function Id() {
  return Type.Integer({ minimum: 1, maximum: MAX_ID });
}

export function DateTime() {
  return Type.String({ format: "date-time" });
}
