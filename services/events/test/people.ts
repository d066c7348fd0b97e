import { seedBodies, type BodyMember, type MemberMail, type Session } from "@myaegee/contracts";
import { buildSession, type SessionOptions } from "@myaegee/testing";

const ids = {
  board: 2,
  member: 3,
  stranger: 4,
  eqac: 5,
  otherBoard: 6,
  nwmManager: 7,
  applicant: 20,
  secondApplicant: 21,
  newcomer: 22,
} as const;

export type Person = keyof typeof ids;

const rights: Record<Person, SessionOptions> = {
  board: { global: ["create:event"], local: { "approve_members:events": [1] } },
  member: { global: ["create:event"] },
  stranger: { user: { bodies: [] } },
  eqac: {
    global: [
      ...["training", "conference", "cultural"].flatMap((type) => [
        `approve_event:${type}`,
        `manage_event:${type}`,
      ]),
      "approve_event:nwm",
    ],
  },
  otherBoard: {
    user: { bodies: [seedBodies.musterstad] },
    local: { "approve_members:events": [2] },
  },
  nwmManager: { global: ["manage_event:nwm"] },
  applicant: { user: { bodies: [seedBodies.testburg, seedBodies.musterstad] } },
  // Only for tests in which core is away: nobody's session is remembered from before.
  newcomer: { global: ["create:event"] },
  secondApplicant: { user: { first_name: "Sam", last_name: "Second" } },
};

export function idOf(person: Person): number {
  return ids[person];
}

/** Each person's token is their name. */
export const sessions: Record<string, Session> = Object.fromEntries(
  Object.entries(rights).map(([name, options]) => [
    name,
    buildSession({
      ...options,
      user: {
        id: Object.entries(ids).find(([key]) => key === name)?.[1] ?? 0,
        username: name,
        ...options.user,
      },
    }),
  ]),
);

export const members: MemberMail[] = Object.values(sessions).flatMap(({ user }) =>
  user === null
    ? []
    : [
        {
          id: user.id,
          first_name: user.first_name,
          last_name: user.last_name,
          email: user.email,
          notification_email: user.notification_email,
        },
      ],
);

export const bodyMembers: BodyMember[] = members
  .filter(({ id }) => id === ids.eqac)
  .map((user) => ({ id: 1, user_id: user.id, body_id: seedBodies.eqac.id, comment: null, user }));
