import Type from "typebox";

/** Path parameters of everything below one event: its id or its slug. */
export const EventParams = Type.Object({
  event: Type.String({
    pattern: "^([1-9][0-9]{0,8}|[0-9-]*[A-Za-z][A-Za-z0-9-]*)$",
    maxLength: 100,
    description: "Id or URL of the event.",
  }),
});
