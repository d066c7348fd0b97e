import type { ColumnType, Generated, JSONColumnType } from "kysely";

import type { Answer, ApplicationStatus } from "./applications/application.schema.ts";
import type {
  EventStatus,
  EventType,
  Location,
  Organizer,
  OrganizingBody,
  Question,
} from "./events/event.schema.ts";

/** Written as ISO 8601, read as ISO 8601 in UTC. */
type Moment = ColumnType<string, string | Date, string | Date>;
type Stamp = ColumnType<string, string | Date | undefined, string | Date>;
type Money = number | null;

export interface EventsTable {
  id: Generated<number>;
  name: string;
  url: string | null;
  image: string | null;
  description: string;
  application_starts: Moment;
  application_ends: Moment;
  starts: Moment;
  ends: Moment;
  fee: Money;
  optional_fee: Money;
  organizing_bodies: JSONColumnType<OrganizingBody[]>;
  locations: JSONColumnType<Location[]>;
  type: EventType;
  status: Generated<EventStatus>;
  publication_date: ColumnType<string | null, Date | null | undefined, Date | null>;
  deleted: Generated<boolean>;
  organizers: JSONColumnType<Organizer[]>;
  questions: JSONColumnType<Question[]>;
  max_participants: number | null;
  budget: string | null;
  programme: string | null;
  optional_programme: string | null;
  link_info_travel_country: string | null;
  meals_per_day: Generated<number | null>;
  vegetarian: Generated<boolean>;
  accommodation_type: string | null;
  created_at: Stamp;
  updated_at: Stamp;
}

export interface ApplicationsTable {
  id: Generated<number>;
  event_id: number;
  user_id: number;
  body_id: number;
  body_name: string;
  first_name: string;
  last_name: string;
  email: string;
  status: Generated<ApplicationStatus>;
  confirmed: Generated<boolean>;
  attended: Generated<boolean>;
  board_comment: string | null;
  answers: JSONColumnType<Answer[]>;
  agreed_to_privacy_policy: boolean;
  created_at: Stamp;
  updated_at: Stamp;
}

export interface PicturesTable {
  event_id: number;
  mime_type: string;
  content: Buffer;
  sha256: string;
  updated_at: Stamp;
}

export interface Tables {
  events: EventsTable;
  applications: ApplicationsTable;
  pictures: PicturesTable;
}
