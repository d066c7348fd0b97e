import Type from "typebox";

import { AttendanceApplication } from "../applications/application-fields.ts";
import { DateTime, Nullable } from "../text.ts";
import { voteTypes } from "./votes.ts";

export const AntennaVotes = Type.Object({
  id: Type.Integer(),
  event_id: Type.Integer(),
  body_id: Type.Integer(),
  votes: Type.Integer(),
  created_at: DateTime(),
  updated_at: DateTime(),
});

export const DelegateVotes = Type.Object({
  ...AntennaVotes.properties,
  application_id: Type.Integer(),
  user_id: Type.Integer(),
  type: Type.Enum(voteTypes),
  application: AttendanceApplication,
});

export const BodyVotes = Type.Object({
  antenna: Nullable(AntennaVotes),
  delegate: Type.Array(DelegateVotes),
});
