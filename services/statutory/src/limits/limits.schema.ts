import Type, { type Static } from "typebox";

import { EventType } from "../events/events.schema.ts";
import { Id, Nullable } from "../text.ts";

const Places = Nullable(Type.Integer({ minimum: 0, maximum: 100_000 }));
const places = { delegate: Places, envoy: Places, observer: Places, visitor: Places };

export const PaxLimit = Type.Object({
  id: Nullable(Type.Integer()),
  body_id: Type.Integer(),
  event_type: EventType,
  ...places,
  default: Type.Boolean({ description: "True as long as the body has no limit of its own." }),
});

export const NewPaxLimit = Type.Object({ body_id: Id(), ...places });

export type PaxLimit = Static<typeof PaxLimit>;
export type NewPaxLimit = Static<typeof NewPaxLimit>;
