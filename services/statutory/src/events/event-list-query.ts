import { pageQuery } from "@myaegee/service-kit";
import Type, { type Static } from "typebox";

import { EventType } from "./events.schema.ts";

const Types = Type.Array(EventType, { minItems: 1, maxItems: 3 });
const Day = Type.String({ format: "date", pattern: "^(19|20|21)" });

export const EventListQuery = Type.Object({
  ...pageQuery({ defaultLimit: 100 }),
  search: Type.Optional(Type.String({ maxLength: 200 })),
  type: Type.Optional(Types),
  "type[]": Type.Optional(Types),
  starts: Type.Optional(Day),
  ends: Type.Optional(Day),
  all: Type.Optional(
    Type.Boolean({ description: "Drafts too, of the types that the caller manages." }),
  ),
});

export type EventListQuery = Static<typeof EventListQuery>;
