import Type, { type Static } from "typebox";

/** How a launch ended: the one line a new daemon says to whoever launched it. */
export const LaunchReport = Type.Union([
  Type.Object({ kind: Type.Literal("ready") }),
  /** Another daemon of the environment runs. */
  Type.Object({ kind: Type.Literal("other") }),
  Type.Object({
    kind: Type.Literal("failed"),
    code: Type.Union([Type.String(), Type.Null()]),
    message: Type.String(),
    hint: Type.Union([Type.String(), Type.Null()]),
  }),
]);

export type LaunchReport = Static<typeof LaunchReport>;
