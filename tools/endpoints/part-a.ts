/** A row of the specification's part A: who may call, and what that row stands for in a service's OpenAPI. */
export interface Row {
  who: string;
  endpoints: readonly string[];
}

function row(who: string, ...endpoints: string[]): Row {
  return { who, endpoints };
}

const health = [row("anyone", "GET /healthcheck"), row("anyone", "GET /readiness")];

const core = [
  row("anyone", "POST /signup/{}"),
  row("anyone", "POST /confirm-email"),
  row("anyone", "POST /login"),
  row("refresh holder", "POST /renew"),
  row("refresh holder", "POST /logout"),
  row("anyone", "POST /password_reset"),
  row("anyone", "POST /password_confirm"),
  row("any valid token, service token", "GET /session"),
  row("logged in", "GET /my_permissions", "POST /my_permissions"),
  row("global:view:member", "GET /members"),
  row("own, view:member, view_members:body (reduced), service", "GET /members/{}"),
  row("own, update:member", "PUT /members/{}"),
  row("update_active:member", "PUT /members/{}/active"),
  row("global:mail:member, service", "GET /members_email"),
  row("anyone", "GET /bodies", "GET /bodies/{}"),
  row("global:create:body, update:body", "POST /bodies", "PUT /bodies/{}"),
  row("view_members:body, service", "GET /bodies/{}/members"),
  row(
    "view:join_request, logged in, process:join_request",
    "GET /bodies/{}/join-requests",
    "POST /bodies/{}/join-requests",
    "PUT /bodies/{}/join-requests/{}/status",
  ),
  row(
    "view_members:circle, add_member:circle, delete_members:circle",
    "GET /circles/{}",
    "GET /circles/{}/members",
    "POST /circles/{}/members",
    "DELETE /circles/{}/members/{}",
  ),
  row(
    "logged in, put_permissions:circle",
    "GET /permissions",
    "POST /circles/{}/permissions",
    "DELETE /circles/{}/permissions/{}",
  ),
];

const mailer = [
  row("service token", "POST /"),
  row("service, admin", "GET /templates"),
  row("service, admin", "POST /render"),
  row("admin", "GET /messages"),
  row("service, admin", "GET /messages/{}"),
  row("admin", "POST /messages/{}/retry"),
  ...health,
];

const application = "/single/{}/applications/{}";
const events = [
  row("anyone (published only)", "GET /"),
  row("global:create:event", "POST /"),
  row("logged in", "GET /mine/organizing"),
  row("logged in", "GET /mine/participating"),
  row("logged in", "GET /mine/approvable"),
  row("local approve_members:events", "GET /boardview/{}"),
  row("published: anyone; else organiser, approver, manager", "GET /single/{}"),
  row("organiser while draft, manage_event:<type>", "PUT /single/{}"),
  row("manage_event:<type>", "DELETE /single/{}"),
  row("by the state machine", "PUT /single/{}/status"),
  row("member of the body", "POST /single/{}/applications"),
  row("organiser, manage_event:<type>", "GET /single/{}/applications"),
  row("own, organiser, manager", `GET ${application}`),
  row("own while open, manager", `PUT ${application}`),
  row(
    "organiser, manage_event:<type>",
    `PUT ${application}/status`,
    `PUT ${application}/confirmed`,
    `PUT ${application}/attended`,
  ),
  row("local approve_members:events of that body", `PUT ${application}/comment`),
];

const place = "/events/{}/applications";
const lists = "/events/{}/memberslists";
const positions = "/events/{}/positions";
const statutory = [
  row("anyone", "GET /"),
  row("anyone", "GET /events/{}"),
  row("manage_event:<type>", "POST /"),
  row("manage_event:<type>", "PUT /events/{}"),
  row("manage_event:<type>", "PUT /events/{}/status"),
  row("logged in", "GET /limits/{}"),
  row("manage_event:<type>", "POST /limits/{}"),
  row("member of the body in the period, apply:<type>", `POST ${place}`),
  row("own, board, manager", `GET ${place}/{}`),
  row("own in the period, manager", `PUT ${place}/{}`),
  row("own in the period, manager", `PUT ${place}/{}/cancel`),
  row("manage_applications", `PUT ${place}/{}/status`),
  row("local approve_members:<type> until the deadline, global", `PUT ${place}/{}/board`),
  row(
    "manage_incoming, manage_juridical, manage_applications",
    ...["confirmed", "incoming", "attended", "registered", "departed"].map(
      (flag) => `PUT ${place}/{}/${flag}`,
    ),
  ),
  row(
    "managers; hosts; Juridical Commission; all after publication",
    ...["all", "accepted", "incoming", "juridical"].map((list) => `GET ${place}/${list}`),
  ),
  row("local approve_members:<type>", `GET ${place}/boardview/{}`),
  row("see_memberslists:agora", `GET ${lists}`, `GET ${lists}/missing`),
  row("board in its window, global approve_members", `GET ${lists}/{}`, `POST ${lists}/{}`),
  row("set_memberslists_fee_paid:agora", `PUT ${lists}/{}/fee_paid`),
  row("logged in", "GET /events/{}/votes-amounts/antenna", "GET /events/{}/votes-amounts/delegate"),
  row("logged in", `GET ${positions}`),
  row("manage_candidates:agora", `POST ${positions}`),
  row("logged in while open", `POST ${positions}/{}/candidates`),
  row("manage_candidates:agora", `PUT ${positions}/{}/candidates/{}/status`),
  row("see_plenaries", "GET /events/{}/plenaries"),
  row("manage_plenaries", "POST /events/{}/plenaries"),
  row("see_plenaries", "GET /events/{}/plenaries/{}"),
  row("mark_attendance", "POST /events/{}/plenaries/{}/attendance/mark"),
];

const discounts = [
  row("logged in", "GET /integrations"),
  row("logged in", "GET /integrations/{}"),
  row("manage:discounts", "POST /integrations"),
  row("manage:discounts", "PUT /integrations/{}"),
  row("manage:discounts", "DELETE /integrations/{}"),
  row("manage:discounts", "POST /integrations/{}/codes"),
  row("member of a body", "POST /integrations/{}/claim"),
  row("logged in", "GET /codes/mine"),
  row("logged in", "GET /categories"),
  row("manage:discounts", "POST /categories"),
  row("manage:discounts", "PUT /categories/{}"),
  row("manage:discounts", "DELETE /categories/{}"),
];

/** Service → its rows, in the order of the specification. */
export const partA: Readonly<Record<string, readonly Row[]>> = {
  core,
  mailer,
  events,
  statutory,
  discounts,
};
