/** Who looks at a page: somebody of the world that `build-world.ts` builds. */
export const viewers = [
  "stranger",
  "member",
  "board",
  "chair",
  "juridical",
  "approver",
  "admin",
  "manager",
] as const;

export type Viewer = (typeof viewers)[number];

export interface ListedPage {
  /** Its place on the contact sheet. */
  number: number;
  path: string;
  viewer: Viewer;
}

/** Every page with whoever it is for; `:agora` and the like stand for what the world has. */
const paths: readonly (readonly [path: string, viewer: Viewer])[] = [
  ["/", "stranger"],
  ["/login", "stranger"],
  ["/signup/default", "stranger"],
  ["/confirm_signup?token=abc", "stranger"],
  ["/confirm_mail_change?token=abc", "stranger"],
  ["/password_reset", "stranger"],
  ["/password_confirm?token=abc", "stranger"],
  ["/dashboard", "member"],
  ["/members", "admin"],
  ["/members/me", "member"],
  ["/members/me/edit", "member"],
  ["/bodies", "stranger"],
  ["/bodies/:antenna", "board"],
  ["/bodies/:antenna/members", "board"],
  ["/bodies/:antenna/join_requests", "board"],
  ["/circles/:circle", "board"],
  ["/permissions", "admin"],
  ["/events", "stranger"],
  ["/events/new", "member"],
  ["/events/change_status", "approver"],
  ["/events/:event", "member"],
  ["/events/:event/edit", "admin"],
  ["/events/:event/applications/me", "member"],
  ["/events/:event/participants", "admin"],
  ["/statutory", "member"],
  ["/statutory/:agora", "member"],
  ["/statutory/:agora/applications", "chair"],
  ["/statutory/:agora/applications/new", "board"],
  ["/statutory/:agora/applications/me", "member"],
  ["/statutory/:agora/boardview", "board"],
  ["/statutory/:agora/memberslist/upload", "board"],
  ["/statutory/:agora/memberslists", "chair"],
  ["/statutory/:agora/votes", "member"],
  ["/statutory/:agora/juridical", "juridical"],
  ["/statutory/:agora/positions", "juridical"],
  ["/statutory/:agora/positions/new", "juridical"],
  ["/statutory/:agora/positions/:position/edit", "juridical"],
  ["/statutory/:agora/positions/:position/apply", "board"],
  ["/statutory/:agora/positions/:position/candidates/:candidate", "juridical"],
  ["/statutory/:agora/positions/:position/candidates/:candidate/edit", "member"],
  ["/statutory/:agora/plenaries", "chair"],
  ["/statutory/:agora/plenaries/:plenary", "juridical"],
  ["/discounts", "manager"],
  ["/discounts/my", "member"],
  ["/discounts/integrations/new", "manager"],
  ["/discounts/integrations/:integration/edit", "manager"],
  ["/discounts/integrations/:integration/add-codes", "manager"],
  ["/status", "admin"],
  ["/no/such/page", "stranger"],
];

export const pageList: readonly ListedPage[] = paths.map(([path, viewer], index) => ({
  number: index + 1,
  path,
  viewer,
}));
