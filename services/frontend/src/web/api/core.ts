import { callApi, fetchAll, fetchData } from "./client.ts";
import type { Envelope } from "./envelope.ts";
import type { BodySummary, Permission } from "./types.ts";

export interface DescribedPermission extends Permission {
  description?: string | null;
}

export interface Member {
  id: number;
  username: string;
  first_name: string;
  last_name: string;
  email?: string;
  phone?: string | null;
  address?: string | null;
  about_me?: string | null;
  date_of_birth?: string | null;
  gender?: string | null;
  active?: boolean;
  superadmin?: boolean;
  mail_confirmed_at?: string | null;
  primary_body_id?: number | null;
  bodies?: BodySummary[];
  circles?: { id: number; name: string; body_id?: number | null }[];
}

export interface Body extends BodySummary {
  description: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  country?: string | null;
  website?: string | null;
  founded_at: string | null;
  status?: string;
  shadow_circle_id?: number | null;
  circles?: { id: number; name: string; description?: string | null }[];
}

export interface BodyMember {
  id: number;
  user_id: number;
  comment: string | null;
  user?: Member;
}

export interface JoinRequest {
  id: number;
  user_id: number;
  motivation: string | null;
  status: "pending" | "approved" | "rejected";
  user?: Member;
  created_at?: string;
}

export interface Circle {
  id: number;
  name: string;
  description: string | null;
  body_id: number | null;
  parent_circle_id: number | null;
  body?: BodySummary | null;
  parent_circle?: { id: number; name: string } | null;
}

export interface CircleMember {
  id: number;
  user_id: number;
  position: string | null;
  user?: Member;
}

export interface Page {
  query?: string;
  limit?: number;
  offset?: number;
}

export interface SignUp {
  username: string;
  email: string;
  password: string;
  first_name: string;
  last_name: string;
  phone: string | null;
  date_of_birth: string;
  gender: string;
  address: string | null;
  about_me: string | null;
  privacy_consent: string;
}

export interface PasswordChange {
  old_password: string;
  password: string;
}

export const core = {
  signUp: (campaign: string, user: SignUp): Promise<unknown> =>
    fetchData(`core/signup/${encodeURIComponent(campaign)}`, { method: "POST", body: user }),
  confirmEmail: (token: string): Promise<unknown> =>
    fetchData("core/confirm-email", { method: "POST", body: { token } }),
  requestPasswordReset: (email: string): Promise<unknown> =>
    fetchData("core/password_reset", { method: "POST", body: { email } }),
  confirmPassword: (token: string, password: string): Promise<unknown> =>
    fetchData("core/password_confirm", { method: "POST", body: { token, password } }),

  requestEmailChange: (id: number, newEmail: string): Promise<unknown> =>
    fetchData(`core/members/${id}/email`, { method: "PUT", body: { new_email: newEmail } }),
  confirmEmailChange: (token: string): Promise<unknown> =>
    fetchData("core/confirm-email-change", { method: "POST", body: { token } }),
  changePassword: (id: number, passwords: PasswordChange): Promise<unknown> =>
    fetchData(`core/members/${id}/password`, { method: "PUT", body: passwords }),

  listMembers: (page: Page): Promise<Envelope<Member[]>> =>
    callApi("core/members", { query: { ...page } }),
  fetchMember: (id: string | number): Promise<Member> => fetchData(`core/members/${id}`),
  updateMember: (id: number, changes: Partial<Member>): Promise<Member> =>
    fetchData(`core/members/${id}`, { method: "PUT", body: changes }),
  setMemberActive: (id: number, active: boolean): Promise<Member> =>
    fetchData(`core/members/${id}/active`, { method: "PUT", body: { active } }),

  listBodies: (query: Page & { type?: string } = {}): Promise<Envelope<Body[]>> =>
    callApi("core/bodies", { query: { ...query } }),
  fetchBody: (id: string | number): Promise<Body> => fetchData(`core/bodies/${id}`),
  listAllBodies: (): Promise<Body[]> => fetchAll("core/bodies"),
  listAllBodyMembers: (id: string | number): Promise<BodyMember[]> =>
    fetchAll(`core/bodies/${id}/members`),
  listBodyMembers: (id: string | number, page: Page = {}): Promise<Envelope<BodyMember[]>> =>
    callApi(`core/bodies/${id}/members`, { query: { ...page } }),
  listJoinRequests: (id: string | number, page: Page = {}): Promise<Envelope<JoinRequest[]>> =>
    callApi(`core/bodies/${id}/join-requests`, { query: { ...page } }),
  askToJoin: (id: string | number, motivation: string): Promise<unknown> =>
    fetchData(`core/bodies/${id}/join-requests`, { method: "POST", body: { motivation } }),
  decideJoinRequest: (
    bodyId: string | number,
    requestId: number,
    status: "approved" | "rejected",
  ): Promise<unknown> =>
    fetchData(`core/bodies/${bodyId}/join-requests/${requestId}/status`, {
      method: "PUT",
      body: { status },
    }),

  fetchCircle: (id: string | number): Promise<Circle> => fetchData(`core/circles/${id}`),
  listCircleMembers: (id: string | number, page: Page = {}): Promise<Envelope<CircleMember[]>> =>
    callApi(`core/circles/${id}/members`, { query: { ...page } }),
  addCircleMember: (id: string | number, userId: number): Promise<CircleMember> =>
    fetchData(`core/circles/${id}/members`, { method: "POST", body: { user_id: userId } }),
  setCirclePosition: (
    id: string | number,
    membershipId: number,
    position: string,
  ): Promise<unknown> =>
    fetchData(`core/circles/${id}/members/${membershipId}`, { method: "PUT", body: { position } }),
  removeCircleMember: (id: string | number, membershipId: number): Promise<unknown> =>
    fetchData(`core/circles/${id}/members/${membershipId}`, { method: "DELETE" }),
  listCirclePermissions: (id: string | number): Promise<DescribedPermission[]> =>
    fetchAll(`core/circles/${id}/permissions`),
  listPermissions: (query: string): Promise<DescribedPermission[]> =>
    fetchAll("core/permissions", { query }),
};
