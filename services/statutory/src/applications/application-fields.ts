import Type from "typebox";

import { Nullable } from "../text.ts";
import { Application } from "./applications.schema.ts";
import { visaFields } from "./visa.ts";

const person = [
  "id",
  "statutory_id",
  "user_id",
  "body_id",
  "body_name",
  "first_name",
  "last_name",
] as const;
const place = ["participant_type", "participant_order"] as const;
const stamps = ["created_at", "updated_at"] as const;

/** What each list of applications shows; the fewer people are trusted with it, the shorter. */
export const participantFields = [
  ...person,
  ...place,
  "cancelled",
  "confirmed",
  "attended",
  "registered",
  "departed",
  ...stamps,
] as const;

export const juridicalFields = [...participantFields, "status"] as const;

export const incomingFields = [
  ...person,
  ...place,
  "confirmed",
  "incoming",
  "attended",
  "registered",
  "departed",
  "meals",
  "allergies",
  "date_of_birth",
  ...visaFields,
  ...stamps,
] as const;

export const networkFields = [...person, ...place, "is_on_memberslist"] as const;

export const attendanceFields = [...person, ...place] as const;

export const allFields = [
  ...incomingFields,
  "event_id",
  "gender",
  "nationality",
  "number_of_events_visited",
  "visa_required",
  "answers",
  "board_comment",
  "status",
  "cancelled",
  "is_on_memberslist",
] as const;

const email = { notification_email: Nullable(Type.String()) };

export const ParticipantApplication = Type.Pick(Application, participantFields);
export const JuridicalApplication = Type.Pick(Application, juridicalFields);
export const NetworkApplication = Type.Pick(Application, networkFields);
export const AttendanceApplication = Type.Pick(Application, attendanceFields);
export const IncomingApplication = Type.Object({
  ...Type.Pick(Application, incomingFields).properties,
  ...email,
});
export const ApplicationWithEmail = Type.Object({ ...Application.properties, ...email });
