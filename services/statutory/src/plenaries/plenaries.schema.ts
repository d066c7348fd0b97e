import { PageMeta, Success } from "@myaegee/contracts";
import Type, { type Static } from "typebox";

import { AttendanceApplication } from "../applications/application-fields.ts";
import { DateTime, Id, Nullable, Text } from "../text.ts";

const fields = { name: Text(200), starts: DateTime(), ends: DateTime() };

export const NewPlenary = Type.Object(fields);
export const PlenaryChange = Type.Partial(NewPlenary);

export const Plenary = Type.Object({
  id: Type.Integer(),
  event_id: Type.Integer(),
  name: Type.String(),
  starts: DateTime(),
  ends: DateTime(),
  created_at: DateTime(),
  updated_at: DateTime(),
});

export const Attendance = Type.Object({
  id: Type.Integer(),
  plenary_id: Type.Integer(),
  application_id: Type.Integer(),
  starts: DateTime(),
  ends: Nullable(DateTime()),
  created_at: DateTime(),
  updated_at: DateTime(),
  seconds: Type.Number({ description: "Of it within the plenary." }),
  application: AttendanceApplication,
});

/** One plenary; the page, and so `meta`, is of its attendances. */
export const PlenaryPage = Type.Object({
  ...Success(Type.Object({ ...Plenary.properties, attendances: Type.Array(Attendance) }))
    .properties,
  meta: PageMeta,
});

export const AttendanceMark = Type.Object({ application_id: Id() });

export type NewPlenary = Static<typeof NewPlenary>;
export type PlenaryChange = Static<typeof PlenaryChange>;
export type Attendance = Static<typeof Attendance>;
