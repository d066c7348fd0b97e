/** What each circle of the seed grants, as `scope:action:object`. Circles below inherit it. */
export const grantsByCircle = {
  generalMembers: ["global:create:event", "local:view_members:body", "local:view_members:circle"],
  generalBoard: [
    "join_request:view:member",
    ...each("local", ["view"], ["member"]),
    ...each(
      "local",
      ["update", "view_members", "update_member", "delete_member", "create_member"],
      ["body"],
    ),
    ...each(
      "local",
      ["create", "update", "view_members", "add_member", "update_members", "delete_members"],
      ["circle"],
    ),
    ...each("local", ["view", "process"], ["join_request"]),
    ...each("local", ["approve_members"], ["events", "agora", "epm", "spm"]),
    ...each("local", ["view", "create", "update", "delete"], ["campaign", "payment"]),
  ],
  generalAdmin: [
    ...each("global", ["access"], ["admin"]),
    "global:retry:mailer",
    ...each("global", ["view"], ["mailer", "circle", "join_request", "payment"]),
    ...each(
      "global",
      [
        "view",
        "search",
        "mail",
        "view_unconfirmed",
        "update",
        "delete",
        "update_active",
        "update_superadmin",
        "confirm",
      ],
      ["member"],
    ),
    ...each(
      "global",
      [
        "create",
        "update",
        "delete",
        "view_deleted",
        "view_members",
        "add_member",
        "create_member",
        "update_member",
        "delete_member",
      ],
      ["body"],
    ),
    ...each(
      "global",
      [
        "create",
        "update",
        "delete",
        "put_parent",
        "put_permissions",
        "view_members",
        "add_member",
        "update_members",
        "delete_members",
      ],
      ["circle"],
    ),
    ...each("global", ["create", "update", "delete"], ["permission", "payment"]),
    ...each("global", ["view", "create", "update", "delete"], ["campaign"]),
    ...each("global", ["process"], ["join_request"]),
    ...each("global", ["subscribe"], ["listserv"]),
    ...each("global", ["see_background_tasks"], ["statutory"]),
    ...each("global", ["approve_members"], ["agora", "epm", "spm"]),
  ],
  comiteDirecteur: ["global:manage:discounts", "global:approve_event:nwm"],
  networkDirector: each(
    "global",
    ["update_memberslist_status", "see_memberslists", "see_missing_memberslists"],
    ["agora"],
  ),
  financialDirector: each(
    "global",
    ["set_memberslists_fee_paid", "see_memberslists", "see_memberslists_without_fee"],
    ["agora"],
  ),
  eventsQualityAssurance: [
    ...each("global", ["approve_event", "manage_event"], ["training", "conference", "cultural"]),
    "global:approve_event:nwm",
  ],
  chairTeam: [
    ...each(
      "global",
      ["manage_event", "manage_applications", "manage_incoming", "apply"],
      ["agora", "epm", "spm"],
    ),
    ...each(
      "global",
      [
        "see_memberslists",
        "see_plenaries",
        "manage_plenaries",
        "mark_attendance",
        "manage_question_lines",
        "use_massmailer",
      ],
      ["agora"],
    ),
  ],
  juridicalCommission: each(
    "global",
    [
      "manage_juridical",
      "manage_candidates",
      "see_memberslists",
      "see_plenaries",
      "mark_attendance",
    ],
    ["agora"],
  ),
  networkCommission: ["global:manage_event:nwm"],
} as const satisfies Record<string, readonly string[]>;

/** Boards describe their body, but its name, code, type and status are not theirs to change. */
export const filtersByPermission: Readonly<Record<string, string[]>> = {
  "local:update:body": [
    "description",
    "task_description",
    "email",
    "phone",
    "address",
    "postal_address",
    "website",
  ],
};

function each(scope: string, actions: readonly string[], objects: readonly string[]): string[] {
  return objects.flatMap((object) => actions.map((action) => `${scope}:${action}:${object}`));
}
