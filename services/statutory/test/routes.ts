import {
  applyAs,
  buildAgora,
  buildApplication,
  buildCandidate,
  buildMembersList,
  buildPosition,
  inDays,
  publishEvent,
} from "./build.ts";
import type { TestStatutory } from "./start-statutory.ts";

export interface KnownRoute {
  route: string;
  body?: unknown;
  /** What a person gets who is no member of anything. */
  stranger: 200 | 403 | 404;
}

const applications = "/events/1/applications";
const plenary = { name: "Opening", starts: inDays(30), ends: inDays(31) };
const limit = { body_id: 1, delegate: 1, envoy: 1, observer: 1, visitor: null };

/** Every route that needs a login, with ids that exist once `fillDatabase` ran and a body that is fine. */
export const knownRoutes: readonly KnownRoute[] = [
  { route: "POST /", body: buildAgora(), stranger: 403 },
  { route: "GET /events/mine", stranger: 200 },
  { route: "PUT /events/1", body: { name: "Mine" }, stranger: 403 },
  { route: "PUT /events/1/status", body: { status: "draft" }, stranger: 403 },
  { route: "GET /limits/agora", stranger: 200 },
  { route: "GET /limits/agora/defaults", stranger: 200 },
  { route: "GET /limits/agora/1", stranger: 200 },
  { route: "POST /limits/agora", body: limit, stranger: 403 },
  { route: "DELETE /limits/agora/1", stranger: 403 },
  { route: `POST ${applications}`, body: buildApplication(), stranger: 403 },
  { route: `GET ${applications}/1`, stranger: 403 },
  { route: `GET ${applications}/001-0001`, stranger: 403 },
  { route: `GET ${applications}/me`, stranger: 404 },
  { route: `PUT ${applications}/1`, body: { meals: "Vegan" }, stranger: 403 },
  { route: `PUT ${applications}/1/cancel`, body: { cancelled: true }, stranger: 403 },
  { route: `PUT ${applications}/1/confirmed`, body: { confirmed: true }, stranger: 403 },
  { route: `PUT ${applications}/1/incoming`, body: { incoming: true }, stranger: 403 },
  { route: `PUT ${applications}/1/attended`, body: { attended: true }, stranger: 403 },
  { route: `PUT ${applications}/1/registered`, body: { registered: true }, stranger: 403 },
  { route: `PUT ${applications}/1/departed`, body: { departed: true }, stranger: 403 },
  {
    route: `PUT ${applications}/1/is_on_memberslist`,
    body: { is_on_memberslist: true },
    stranger: 403,
  },
  { route: `PUT ${applications}/1/status`, body: { status: "accepted" }, stranger: 403 },
  {
    route: `PUT ${applications}/1/board`,
    body: { participant_type: "visitor", participant_order: 1 },
    stranger: 403,
  },
  { route: `GET ${applications}/stats`, stranger: 200 },
  { route: `GET ${applications}/all`, stranger: 403 },
  { route: `GET ${applications}/accepted`, stranger: 403 },
  { route: `GET ${applications}/incoming`, stranger: 403 },
  { route: `GET ${applications}/juridical`, stranger: 403 },
  { route: `GET ${applications}/network`, stranger: 403 },
  { route: `GET ${applications}/boardview/1`, stranger: 403 },
  {
    route: `POST ${applications}/boardview/1`,
    body: [{ user_id: 3, participant_type: "visitor", participant_order: 1 }],
    stranger: 403,
  },
  { route: "GET /events/1/memberslists", stranger: 403 },
  { route: "GET /events/1/memberslists/missing", stranger: 403 },
  { route: "GET /events/1/memberslists/without_fee", stranger: 403 },
  { route: "GET /events/1/memberslists/1", stranger: 403 },
  { route: "POST /events/1/memberslists/1", body: buildMembersList(), stranger: 403 },
  { route: "PUT /events/1/memberslists/1/fee_paid", body: { fee_paid: 1 }, stranger: 403 },
  { route: "GET /events/1/votes-amounts/antenna", stranger: 200 },
  { route: "GET /events/1/votes-amounts/delegate", stranger: 200 },
  { route: "GET /events/1/votes-amounts/1", stranger: 200 },
  { route: "GET /events/1/positions", stranger: 200 },
  { route: "GET /events/1/positions/approved", stranger: 200 },
  { route: "GET /events/1/positions/all", stranger: 403 },
  { route: "GET /events/1/positions/candidates/mine", stranger: 200 },
  { route: "POST /events/1/positions", body: buildPosition(), stranger: 403 },
  { route: "PUT /events/1/positions/1", body: { name: "Mine" }, stranger: 403 },
  { route: "PUT /events/1/positions/1/status", body: { status: "open" }, stranger: 403 },
  { route: "DELETE /events/1/positions/1", stranger: 403 },
  { route: "POST /events/1/positions/1/candidates", body: buildCandidate(), stranger: 403 },
  { route: "GET /events/1/positions/1/candidates/1", stranger: 403 },
  { route: "PUT /events/1/positions/1/candidates/1", body: { program: "Mine" }, stranger: 403 },
  {
    route: "PUT /events/1/positions/1/candidates/1/status",
    body: { status: "approved" },
    stranger: 403,
  },
  { route: "GET /events/1/plenaries", stranger: 403 },
  { route: "POST /events/1/plenaries", body: plenary, stranger: 403 },
  { route: "GET /events/1/plenaries/1", stranger: 403 },
  { route: "PUT /events/1/plenaries/1", body: { name: "Mine" }, stranger: 403 },
  {
    route: "POST /events/1/plenaries/1/attendance/mark",
    body: { application_id: 1 },
    stranger: 403,
  },
];

/** An Agora with one of everything. */
export async function fillDatabase(statutory: TestStatutory): Promise<void> {
  const { send } = statutory;
  await publishEvent(statutory, buildAgora({ url: "agora-of-all" }));
  await applyAs(statutory, 1, ["member"]);
  await send("POST /limits/agora", { as: "chair", body: { ...limit, delegate: 3 } });
  await send("POST /events/1/memberslists/1", { as: "board", body: buildMembersList() });
  await send("POST /events/1/positions", { as: "jc", body: buildPosition() });
  await send("POST /events/1/positions/1/candidates", { as: "member", body: buildCandidate() });
  await send("POST /events/1/plenaries", { as: "chair", body: plenary });
}
