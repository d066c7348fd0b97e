import Type, { type Static } from "typebox";

import { DateTime, Id, Nullable, OptionalText, Text } from "../text.ts";
import { positionStatuses } from "./position-status.ts";

const OptionalDate = Type.Optional(Nullable(DateTime()));

const fields = {
  name: Text(200),
  body_id: Id(),
  starts: DateTime(),
  ends: DateTime(),
  ends_force: OptionalDate,
  start_term: OptionalDate,
  end_term: OptionalDate,
  places: Type.Integer({ minimum: 1, maximum: 10_000 }),
  requirements: OptionalText(20_000),
};

export const NewPosition = Type.Object(fields);
export const PositionChange = Type.Partial(NewPosition);

/** `null` gives the decision back to the clock. */
export const PositionStatusChange = Type.Object({
  status: Nullable(Type.Enum(positionStatuses)),
});

export const Position = Type.Object({
  id: Type.Integer(),
  event_id: Type.Integer(),
  name: Type.String(),
  body_id: Type.Integer(),
  requirements: Nullable(Type.String()),
  starts: DateTime(),
  ends: DateTime(),
  ends_force: Nullable(DateTime()),
  start_term: Nullable(DateTime()),
  end_term: Nullable(DateTime()),
  places: Type.Integer(),
  status: Type.Enum(positionStatuses),
  status_override: Nullable(Type.Enum(positionStatuses)),
  can_apply: Type.Boolean(),
  created_at: DateTime(),
  updated_at: DateTime(),
});

export type NewPosition = Static<typeof NewPosition>;
export type PositionChange = Static<typeof PositionChange>;
export type Position = Static<typeof Position>;
