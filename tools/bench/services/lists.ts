/** A list, and whose token asks for it. */
export interface List {
  service: string;
  path: string;
  as: "admin" | "board";
}

const agora = "/events/1";

const paths: Readonly<Record<string, readonly string[]>> = {
  core: [
    "/members",
    "/members?offset=9950&sort=last_name",
    "/members?query=last2999",
    "/members/unconfirmed",
    "/members_search?query=user123",
    "/members_email?query=100001,100002,100003",
    "/bodies",
    "/bodies/1001/members",
    "/bodies/1002/members?holds_permission[action]=approve_members&holds_permission[object]=agora",
    "/bodies/1/join-requests?status=pending",
    "/bodies/1001/payments",
    "/bodies/1001/campaigns",
    "/circles?all=true",
    "/circles/10002/members",
    "/circles/1/permissions",
    "/permissions",
    "/permissions/1/members",
    "/campaigns",
    "/my_permissions",
  ],
  mailer: [
    "/templates",
    "/messages",
    "/messages?status=dead",
    "/messages?template=custom&offset=10000",
    "/messages?to=user77@example.org",
  ],
  events: [
    "/",
    "/?offset=500",
    "/mine/organizing",
    "/mine/participating",
    "/mine/approvable",
    "/single/1/applications",
    "/single/1/applications?limit=500",
  ],
  statutory: [
    "/",
    "/events/mine",
    `${agora}/applications/all?limit=50`,
    `${agora}/applications/all?limit=50&query=last19`,
    `${agora}/applications/all?limit=2000`,
    `${agora}/applications/accepted?limit=50`,
    `${agora}/applications/incoming?limit=50`,
    `${agora}/applications/juridical?limit=50`,
    `${agora}/applications/network?limit=50`,
    `${agora}/applications/stats`,
    `${agora}/applications/boardview/1001`,
    `${agora}/memberslists?limit=50`,
    `${agora}/memberslists/missing`,
    `${agora}/memberslists/without_fee`,
    `${agora}/votes-amounts/antenna`,
    `${agora}/votes-amounts/delegate`,
    `${agora}/positions`,
    `${agora}/positions/all`,
    `${agora}/positions/approved`,
    `${agora}/positions/candidates/mine`,
    `${agora}/plenaries`,
    `${agora}/plenaries/1`,
    "/limits/agora",
  ],
  discounts: ["/integrations", "/integrations?query=partner 1", "/codes/mine", "/categories"],
};

/** Every list of every service, and `GET /session` of a superadmin and of a board member. */
export const lists: readonly List[] = [
  { service: "core", path: "/session", as: "admin" },
  { service: "core", path: "/session", as: "board" },
  { service: "events", path: "/boardview/1002", as: "board" },
  ...Object.entries(paths).flatMap(([service, all]) =>
    all.map((path) => ({ service, path, as: "admin" as const })),
  ),
];
