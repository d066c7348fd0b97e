/** The accounts and bodies that every service's seed agrees on, where test data is allowed. */
export const seedPassword = "5ecret5ecret";

export const seedUsers = {
  admin: seedUser(1, "admin"),
  board: seedUser(2, "board"),
  member: seedUser(3, "member"),
  stranger: seedUser(4, "stranger"),
  eqac: seedUser(5, "eqac"),
  chair: seedUser(6, "chair"),
  jc: seedUser(7, "jc"),
  netdirector: seedUser(8, "netdirector"),
  treasurer: seedUser(9, "treasurer"),
  cd: seedUser(10, "cd"),
  suspended: seedUser(11, "suspended"),
  unconfirmed: seedUser(12, "unconfirmed"),
  passwordreset: seedUser(13, "passwordreset"),
} as const;

export const seedBodies = {
  testburg: { id: 1, name: "AEGEE-Testburg", code: "TST", type: "antenna" },
  musterstad: { id: 2, name: "AEGEE-Musterstad", code: "MUS", type: "antenna" },
  eqac: { id: 3, name: "Events Quality Assurance Committee", code: "EQA", type: "committee" },
} as const;

export interface SeedUser {
  id: number;
  username: string;
  email: string;
}

function seedUser(id: number, username: string): SeedUser {
  return { id, username, email: `${username}@example.org` };
}
