import { seedBodies, type BodyMember, type MemberMail, type Session } from "@myaegee/contracts";
import { buildServiceSession, buildSession, type SessionOptions } from "@myaegee/testing";

const { testburg, musterstad } = seedBodies;

const manager = ["agora", "epm", "spm"].flatMap((type) => [
  `manage_event:${type}`,
  `manage_applications:${type}`,
]);
const plenaries = ["manage_plenaries:agora", "see_plenaries:agora", "mark_attendance:agora"];

/** Who the tests act as; each person's token is their name. */
const people = {
  member: { id: 3 },
  second: { id: 20, user: { first_name: "Sam", last_name: "Second" } },
  third: { id: 21, user: { first_name: "Tom", last_name: "Third" } },
  fourth: { id: 22, user: { first_name: "Fay", last_name: "Fourth" } },
  traveller: { id: 23, user: { bodies: [testburg, musterstad] } },
  stranger: { id: 4, user: { bodies: [] } },
  committeeMember: { id: 24, user: { bodies: [{ ...seedBodies.eqac, type: "commission" }] } },
  board: {
    id: 2,
    local: { "approve_members:agora": [testburg.id], "approve_members:epm": [testburg.id] },
  },
  otherBoard: {
    id: 25,
    user: { bodies: [musterstad] },
    local: { "approve_members:agora": [musterstad.id] },
  },
  chair: { id: 6, global: [...manager, ...plenaries] },
  epmChair: { id: 26, global: ["manage_event:epm", "manage_applications:epm"] },
  approver: { id: 27, global: ["approve_members:agora"] },
  late: { id: 28, global: ["apply:agora"] },
  host: { id: 29, global: ["manage_incoming:agora"] },
  jc: {
    id: 7,
    global: ["manage_juridical:agora", "manage_candidates:agora", "see_memberslists:agora"],
  },
  netdirector: { id: 8, global: ["update_memberslist_status:agora"] },
  treasurer: {
    id: 9,
    global: ["set_memberslists_fee_paid:agora", "see_memberslists_without_fee:agora"],
  },
  admin: { id: 1, user: { superadmin: true } },
} satisfies Record<string, SessionOptions & { id: number }>;

export const sessions: Record<string, Session> = {
  ...Object.fromEntries(
    Object.entries<SessionOptions & { id: number }>(people).map(([name, { id, ...options }]) => [
      name,
      buildSession({ ...options, user: { id, username: name, ...options.user } }),
    ]),
  ),
  service: buildServiceSession("events"),
  ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => buildCrowd(index))),
};

/** `crowd0` … `crowd59`: members of AEGEE-Testburg with ids from 1000. */
function buildCrowd(index: number): [string, Session] {
  const username = `crowd${index}`;
  return [username, buildSession({ user: { id: 1000 + index, username, last_name: username } })];
}

export const members: MemberMail[] = Object.values(sessions).flatMap(({ user }) =>
  user === null ? [] : [pickMail(user)],
);

export const bodyMembers: (BodyMember & { permissions?: string[] })[] = members.flatMap(
  (user, index) =>
    (sessions[findName(user.id)]?.user?.bodies ?? []).map((body) => ({
      id: index + 1,
      user_id: user.id,
      body_id: body.id,
      comment: null,
      user,
      permissions: listHeld(user.id, body.id),
    })),
);

function pickMail({ id, first_name, last_name, email, notification_email }: MemberMail) {
  return { id, first_name, last_name, email, notification_email };
}

function findName(userId: number): string {
  return Object.entries(sessions).find(([, { user }]) => user?.id === userId)?.[0] ?? "";
}

function listHeld(userId: number, bodyId: number): string[] {
  return (sessions[findName(userId)]?.local_permissions ?? [])
    .filter(({ body_ids }) => body_ids.includes(bodyId))
    .map(({ action, object }) => `${action}:${object}`);
}
