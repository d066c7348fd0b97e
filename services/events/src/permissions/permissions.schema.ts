import Type, { type Static } from "typebox";

const ByEventType = Type.Object({
  training: Type.Boolean(),
  nwm: Type.Boolean(),
  conference: Type.Boolean(),
  cultural: Type.Boolean(),
});

const ByBody = Type.Record(Type.String({ pattern: "^[0-9]+$" }), Type.Boolean(), {
  description: "By id of each of the caller's bodies.",
});

/** What the caller may do wherever an event stands. */
export const CallerPermissions = Type.Object({
  approve_event: ByEventType,
  manage_event: ByEventType,
  set_board_comment: ByBody,
  see_boardview: ByBody,
});

/** What the caller may do with one event; stands beside `data`. */
export const EventPermissions = Type.Object({
  ...CallerPermissions.properties,
  see_event: Type.Boolean(),
  edit_event: Type.Boolean(),
  delete_event: Type.Boolean(),
  apply: Type.Boolean(),
  list_applications: Type.Boolean(),
  approve_participants: Type.Boolean(),
  set_participants_confirmed: Type.Boolean(),
  set_participants_attended: Type.Boolean(),
  export: Type.Boolean(),
  change_status: Type.Object({
    draft: Type.Boolean(),
    submitted: Type.Boolean(),
    published: Type.Boolean(),
  }),
});

export type CallerPermissions = Static<typeof CallerPermissions>;
export type EventPermissions = Static<typeof EventPermissions>;
