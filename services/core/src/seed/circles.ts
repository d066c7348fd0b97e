import { seedBodies, seedUsers } from "@myaegee/contracts";

import type { grantsByCircle } from "./permissions.ts";

export interface SeedCircle {
  id: number;
  name: string;
  parent?: number;
  bodyId?: number;
  grants?: keyof typeof grantsByCircle;
  members?: readonly number[];
}

const { board, chair, jc, eqac, cd, netdirector, treasurer, stranger, unconfirmed } = seedUsers;

/** Everybody in the test antenna but those who are in no body at all. */
export const testburgMembers = Object.values(seedUsers)
  .map(({ id }) => id)
  .filter((id) => id !== stranger.id && id !== unconfirmed.id);

const GENERAL_MEMBERS = 1;
const GENERAL_BOARD = 2;
const GENERAL_OTHER_BOARD = 3;
const COMITE_DIRECTEUR = 5;

/** Parents stand before their children. */
export const seedCircles: readonly SeedCircle[] = [
  { id: GENERAL_MEMBERS, name: "General members circle", grants: "generalMembers" },
  { id: GENERAL_BOARD, name: "General board circle", grants: "generalBoard" },
  { id: GENERAL_OTHER_BOARD, name: "General other board circle" },
  { id: 4, name: "General admin circle", grants: "generalAdmin" },
  {
    id: COMITE_DIRECTEUR,
    name: "Comité Directeur",
    parent: GENERAL_OTHER_BOARD,
    grants: "comiteDirecteur",
    members: [cd.id],
  },
  {
    id: 6,
    name: "Network Director",
    parent: COMITE_DIRECTEUR,
    grants: "networkDirector",
    members: [netdirector.id],
  },
  {
    id: 7,
    name: "Financial Director",
    parent: COMITE_DIRECTEUR,
    grants: "financialDirector",
    members: [treasurer.id],
  },
  { id: 8, name: "SU Coordination Team", parent: GENERAL_OTHER_BOARD },
  {
    id: 9,
    name: "Events Quality Assurance Committee",
    parent: GENERAL_OTHER_BOARD,
    grants: "eventsQualityAssurance",
    members: [eqac.id],
  },
  {
    id: 10,
    name: "Chair Team",
    parent: GENERAL_OTHER_BOARD,
    grants: "chairTeam",
    members: [chair.id],
  },
  {
    id: 11,
    name: "Juridical Commission",
    parent: GENERAL_OTHER_BOARD,
    grants: "juridicalCommission",
    members: [jc.id],
  },
  {
    id: 12,
    name: "Network Commission",
    parent: GENERAL_OTHER_BOARD,
    grants: "networkCommission",
  },
  ...planBodyCircles(seedBodies.testburg, { board: [board.id], members: testburgMembers }),
  ...planBodyCircles(seedBodies.musterstad, { board: [], members: [] }),
  ...planBodyCircles(seedBodies.eqac, { board: [], members: [eqac.id] }),
];

/** The shadow circle of a body: whoever joins the body is in it. */
export function shadowCircleId(bodyId: number): number {
  return 20 + bodyId * 2;
}

function planBodyCircles(
  body: { id: number; name: string },
  { board: boardIds, members }: { board: number[]; members: readonly number[] },
): SeedCircle[] {
  const shadow = shadowCircleId(body.id);
  return [
    {
      id: shadow - 1,
      name: `Board ${body.name}`,
      parent: GENERAL_BOARD,
      bodyId: body.id,
      members: boardIds,
    },
    {
      id: shadow,
      name: `Members ${body.name}`,
      parent: GENERAL_MEMBERS,
      bodyId: body.id,
      members,
    },
  ];
}
