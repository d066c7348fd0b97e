import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";

import { accountsRoutes } from "./accounts/accounts.routes.ts";
import { bodiesRoutes, bodiesWritingRoutes } from "./bodies/bodies.routes.ts";
import {
  bodyCampaignsRoutes,
  bodyCampaignWritingRoutes,
} from "./campaigns/body-campaigns.routes.ts";
import { campaignsRoutes, campaignsWritingRoutes } from "./campaigns/campaigns.routes.ts";
import { bodyCirclesRoutes } from "./circles/body-circles.routes.ts";
import { circleMembershipRoutes, circleMembersRoutes } from "./circles/circle-members.routes.ts";
import { circlePermissionsRoutes } from "./circles/circle-permissions.routes.ts";
import { circlesRoutes, circlesWritingRoutes } from "./circles/circles.routes.ts";
import { joinRequestsRoutes } from "./join-requests/join-requests.routes.ts";
import type { Limits } from "./limits/plan-limits.ts";
import { memberAccountsRoutes } from "./members/member-accounts.routes.ts";
import { memberFlagsRoutes } from "./members/member-flags.routes.ts";
import { membersListsRoutes } from "./members/members-lists.routes.ts";
import { membersRoutes } from "./members/members.routes.ts";
import { membershipRoutes } from "./memberships/membership.routes.ts";
import {
  membershipsComingAndGoingRoutes,
  membershipsRoutes,
} from "./memberships/memberships.routes.ts";
import { paymentsRoutes } from "./payments/payments.routes.ts";
import { myPermissionsRoutes } from "./permissions/my-permissions.routes.ts";
import { permissionsRoutes, permissionsWritingRoutes } from "./permissions/permissions.routes.ts";
import { sessionsRoutes } from "./sessions/sessions.routes.ts";
import type { Db } from "./tables.ts";

/** Everything under `/api/core` but health, metrics and the API's description, by feature. */
export const features: Readonly<
  Record<string, readonly FastifyPluginAsyncTypebox<{ db: Db; limits: Limits }>[]>
> = {
  accounts: [accountsRoutes],
  sessions: [sessionsRoutes],
  members: [membersListsRoutes, membersRoutes, memberAccountsRoutes, memberFlagsRoutes],
  bodies: [bodiesRoutes, bodiesWritingRoutes, bodyCirclesRoutes],
  memberships: [membershipsRoutes, membershipsComingAndGoingRoutes, membershipRoutes],
  "join-requests": [joinRequestsRoutes],
  payments: [paymentsRoutes],
  circles: [
    circlesRoutes,
    circlesWritingRoutes,
    circleMembersRoutes,
    circleMembershipRoutes,
    circlePermissionsRoutes,
  ],
  permissions: [myPermissionsRoutes, permissionsRoutes, permissionsWritingRoutes],
  campaigns: [
    campaignsRoutes,
    campaignsWritingRoutes,
    bodyCampaignsRoutes,
    bodyCampaignWritingRoutes,
  ],
};
