import type { RouteRecordRaw } from "vue-router";

declare module "vue-router" {
  interface RouteMeta {
    title: string;
    /** Strangers are sent to log in first. */
    needsLogin?: boolean;
  }
}

const account: RouteRecordRaw[] = [
  {
    path: "/login",
    component: () => import("../pages/account/login-page.vue"),
    meta: { title: "Log in" },
  },
  {
    path: "/signup/:campaign",
    component: () => import("../pages/account/signup-page.vue"),
    meta: { title: "Join AEGEE" },
  },
  {
    path: "/confirm_signup",
    component: () => import("../pages/account/confirm-signup-page.vue"),
    meta: { title: "Confirm your email address" },
  },
  {
    path: "/confirm_mail_change",
    component: () => import("../pages/account/confirm-mail-change-page.vue"),
    meta: { title: "Confirm your new email address" },
  },
  {
    path: "/password_reset",
    component: () => import("../pages/account/password-reset-page.vue"),
    meta: { title: "Forgotten password" },
  },
  {
    path: "/password_confirm",
    component: () => import("../pages/account/password-confirm-page.vue"),
    meta: { title: "New password" },
  },
];

const network: RouteRecordRaw[] = [
  {
    path: "/members",
    component: () => import("../pages/network/members-page.vue"),
    meta: { title: "Members", needsLogin: true },
  },
  {
    path: "/members/:id",
    component: () => import("../pages/network/member-page.vue"),
    meta: { title: "Member", needsLogin: true },
  },
  {
    path: "/members/:id/edit",
    component: () => import("../pages/network/member-edit-page.vue"),
    meta: { title: "Edit profile", needsLogin: true },
  },
  {
    path: "/bodies",
    component: () => import("../pages/network/bodies-page.vue"),
    meta: { title: "Bodies" },
  },
  {
    path: "/bodies/:id",
    component: () => import("../pages/network/body-page.vue"),
    meta: { title: "Body" },
  },
  {
    path: "/bodies/:id/members",
    component: () => import("../pages/network/body-members-page.vue"),
    meta: { title: "Members of the body", needsLogin: true },
  },
  {
    path: "/bodies/:id/join_requests",
    component: () => import("../pages/network/join-requests-page.vue"),
    meta: { title: "Join requests", needsLogin: true },
  },
  {
    path: "/circles/:id",
    component: () => import("../pages/network/circle-page.vue"),
    meta: { title: "Circle", needsLogin: true },
  },
  {
    path: "/permissions",
    component: () => import("../pages/network/permissions-page.vue"),
    meta: { title: "Permissions", needsLogin: true },
  },
];

const events: RouteRecordRaw[] = [
  {
    path: "/events",
    component: () => import("../pages/events/events-page.vue"),
    meta: { title: "Events" },
  },
  {
    path: "/events/new",
    component: () => import("../pages/events/event-edit-page.vue"),
    meta: { title: "Propose an event", needsLogin: true },
  },
  {
    path: "/events/change_status",
    component: () => import("../pages/events/approvals-page.vue"),
    meta: { title: "Approve events", needsLogin: true },
  },
  {
    path: "/events/:id",
    component: () => import("../pages/events/event-page.vue"),
    meta: { title: "Event" },
  },
  {
    path: "/events/:id/edit",
    component: () => import("../pages/events/event-edit-page.vue"),
    meta: { title: "Edit event", needsLogin: true },
  },
  {
    path: "/events/:id/applications/me",
    component: () => import("../pages/events/application-page.vue"),
    meta: { title: "My application", needsLogin: true },
  },
  {
    path: "/events/:id/participants",
    component: () => import("../pages/events/participants-page.vue"),
    meta: { title: "Participants", needsLogin: true },
  },
];

const statutory: RouteRecordRaw[] = [
  {
    path: "/statutory",
    component: () => import("../pages/statutory/statutory-list-page.vue"),
    meta: { title: "Statutory events" },
  },
  {
    path: "/statutory/:id",
    component: () => import("../pages/statutory/statutory-page.vue"),
    meta: { title: "Statutory event" },
  },
  {
    path: "/statutory/:id/applications",
    component: () => import("../pages/statutory/applications-page.vue"),
    meta: { title: "Applications", needsLogin: true },
  },
  {
    path: "/statutory/:id/applications/:application(new|me)",
    component: () => import("../pages/statutory/application-page.vue"),
    meta: { title: "My application", needsLogin: true },
  },
  {
    path: "/statutory/:id/boardview",
    component: () => import("../pages/statutory/boardview-page.vue"),
    meta: { title: "Board view", needsLogin: true },
  },
  {
    path: "/statutory/:id/memberslist/upload",
    component: () => import("../pages/statutory/memberslist-upload-page.vue"),
    meta: { title: "Members list", needsLogin: true },
  },
  {
    path: "/statutory/:id/memberslists",
    component: () => import("../pages/statutory/memberslists-page.vue"),
    meta: { title: "Members lists", needsLogin: true },
  },
  {
    path: "/statutory/:id/votes",
    component: () => import("../pages/statutory/votes-page.vue"),
    meta: { title: "Votes", needsLogin: true },
  },
  {
    path: "/statutory/:id/juridical",
    component: () => import("../pages/statutory/juridical-page.vue"),
    meta: { title: "Juridical desk", needsLogin: true },
  },
  {
    path: "/statutory/:id/positions/:prefix(all|approved)?",
    component: () => import("../pages/elections/positions-page.vue"),
    meta: { title: "Elections", needsLogin: true },
  },
  {
    path: "/statutory/:id/positions/new",
    component: () => import("../pages/elections/position-edit-page.vue"),
    meta: { title: "New position", needsLogin: true },
  },
  {
    path: "/statutory/:id/positions/:position(\\d+)/edit",
    component: () => import("../pages/elections/position-edit-page.vue"),
    meta: { title: "Edit position", needsLogin: true },
  },
  {
    path: "/statutory/:id/positions/:position(\\d+)/apply",
    component: () => import("../pages/elections/candidature-page.vue"),
    meta: { title: "Run for a position", needsLogin: true },
  },
  {
    path: "/statutory/:id/positions/:position(\\d+)/candidates/:candidate(\\d+)",
    component: () => import("../pages/elections/candidate-page.vue"),
    meta: { title: "Candidate", needsLogin: true },
  },
  {
    path: "/statutory/:id/positions/:position(\\d+)/candidates/:candidate(\\d+)/edit",
    component: () => import("../pages/elections/candidature-page.vue"),
    meta: { title: "My candidature", needsLogin: true },
  },
  {
    path: "/statutory/:id/plenaries",
    component: () => import("../pages/plenaries/plenaries-page.vue"),
    meta: { title: "Plenaries", needsLogin: true },
  },
  {
    path: "/statutory/:id/plenaries/:plenary(\\d+)",
    component: () => import("../pages/plenaries/plenary-page.vue"),
    meta: { title: "Plenary", needsLogin: true },
  },
];

const discounts: RouteRecordRaw[] = [
  {
    path: "/discounts",
    component: () => import("../pages/discounts/discounts-page.vue"),
    meta: { title: "Discounts", needsLogin: true },
  },
  {
    path: "/discounts/my",
    component: () => import("../pages/discounts/my-codes-page.vue"),
    meta: { title: "My discount codes", needsLogin: true },
  },
  {
    path: "/discounts/integrations/new",
    component: () => import("../pages/discounts/integration-edit-page.vue"),
    meta: { title: "New partner", needsLogin: true },
  },
  {
    path: "/discounts/integrations/:id/edit",
    component: () => import("../pages/discounts/integration-edit-page.vue"),
    meta: { title: "Edit partner", needsLogin: true },
  },
  {
    path: "/discounts/integrations/:id/add-codes",
    component: () => import("../pages/discounts/add-codes-page.vue"),
    meta: { title: "Add discount codes", needsLogin: true },
  },
];

/** Every page, at the address that members know it by. */
export const routes: RouteRecordRaw[] = [
  {
    path: "/",
    component: () => import("../pages/welcome-page.vue"),
    meta: { title: "Welcome" },
  },
  {
    path: "/dashboard",
    component: () => import("../pages/dashboard-page.vue"),
    meta: { title: "Dashboard", needsLogin: true },
  },
  ...account,
  ...network,
  ...events,
  ...statutory,
  ...discounts,
  {
    path: "/status",
    component: () => import("../pages/status/status-page.vue"),
    meta: { title: "Status" },
  },
  {
    path: "/:path(.*)*",
    component: () => import("../pages/not-found-page.vue"),
    meta: { title: "Not found" },
  },
];
