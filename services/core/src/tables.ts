import type { ColumnType, Generated, GeneratedAlways, Kysely } from "kysely";

/** ISO string when read. */
type Moment = ColumnType<string, Date | string, Date | string>;
type Timestamp = ColumnType<string, Date | string | undefined, Date | string>;

/** The database of core, as its migrations leave it. */
export interface Tables {
  users: UsersTable;
  bodies: BodiesTable;
  circles: CirclesTable;
  campaigns: CampaignsTable;
  permissions: PermissionsTable;
  body_memberships: BodyMembershipsTable;
  circle_memberships: CircleMembershipsTable;
  circle_permissions: CirclePermissionsTable;
  join_requests: JoinRequestsTable;
  payments: PaymentsTable;
  sessions: { id: Generated<string>; user_id: number; created_at: Timestamp };
  access_tokens: { token_hash: Buffer; session_id: string; expires_at: Moment };
  refresh_tokens: {
    token_hash: Buffer;
    session_id: string;
    expires_at: Moment;
    rotated_at: Moment | null;
  };
  mail_tokens: {
    token_hash: Buffer;
    purpose: "confirm-email" | "change-email" | "reset-password";
    user_id: number;
    new_email: string | null;
    expires_at: Moment;
  };
  rate_limits: { key: string; hits: number; resets_at: Moment };
}

interface UsersTable {
  id: Generated<number>;
  username: string;
  email: string;
  gsuite_id: string | null;
  primary_email: Generated<"personal" | "gsuite">;
  notification_email: GeneratedAlways<string>;
  password_hash: string;
  mail_confirmed_at: Moment | null;
  active: Generated<boolean>;
  superadmin: Generated<boolean>;
  privacy_consent: Moment | null;
  first_name: string;
  last_name: string;
  date_of_birth: string | null;
  gender: Generated<string>;
  phone: Generated<string>;
  address: Generated<string>;
  about_me: Generated<string>;
  primary_body_id: number | null;
  campaign_id: number | null;
  last_logged_in: Moment | null;
  last_active: Moment | null;
  search_text: GeneratedAlways<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface BodiesTable {
  id: Generated<number>;
  name: string;
  description: string;
  task_description: Generated<string>;
  code: string;
  abbreviation: string | null;
  email: string;
  phone: string | null;
  address: string | null;
  postal_address: string | null;
  type: Generated<string>;
  fee_currency: string | null;
  pays_fees: Generated<boolean>;
  founded_at: string | null;
  status: Generated<"active" | "deleted">;
  country: string | null;
  website: string | null;
  gsuite_id: string | null;
  google_group: string | null;
  shadow_circle_id: number | null;
  search_text: GeneratedAlways<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface CirclesTable {
  id: Generated<number>;
  name: string;
  description: string;
  gsuite_id: string | null;
  body_id: number | null;
  parent_circle_id: number | null;
  search_text: GeneratedAlways<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface CampaignsTable {
  id: Generated<number>;
  name: string;
  url: string;
  active: Generated<boolean>;
  description_short: Generated<string>;
  description_long: Generated<string>;
  activate_user: Generated<boolean>;
  autojoin_body_id: number | null;
  search_text: GeneratedAlways<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface PermissionsTable {
  id: Generated<number>;
  scope: "global" | "local" | "join_request";
  action: string;
  object: string;
  combined: GeneratedAlways<string>;
  description: Generated<string>;
  filters: Generated<string[]>;
  search_text: GeneratedAlways<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface BodyMembershipsTable {
  id: Generated<number>;
  body_id: number;
  user_id: number;
  comment: Generated<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface CircleMembershipsTable {
  id: Generated<number>;
  circle_id: number;
  user_id: number;
  position: Generated<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface CirclePermissionsTable {
  id: Generated<number>;
  circle_id: number;
  permission_id: number;
  created_at: Timestamp;
}

interface JoinRequestsTable {
  id: Generated<number>;
  body_id: number;
  user_id: number;
  motivation: Generated<string>;
  status: Generated<"pending" | "approved">;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface PaymentsTable {
  id: Generated<number>;
  body_id: number;
  user_id: number;
  starts: string;
  expires: string;
  amount: number;
  currency: string;
  comment: Generated<string>;
  invoice_name: string | null;
  invoice_address: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export type Db = Kysely<Tables>;
