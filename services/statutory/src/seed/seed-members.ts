import { seedUsers } from "@myaegee/contracts";

import type { ListMember } from "../members-lists/members-lists.schema.ts";

const names = [
  "Ada Berg",
  "Ben Costa",
  "Clara Dvorak",
  "Dario Evans",
  "Eva Fischer",
  "Filip Garcia",
  "Greta Horvat",
  "Hugo Ivanov",
  "Ines Jensen",
  "Jan Kowalski",
  "Kira Lopez",
  "Luca Marino",
  "Mila Novak",
  "Nils Olsen",
  "Olga Petrova",
  "Paul Quinn",
  "Rosa Silva",
  "Sven Toth",
  "Tara Urban",
  "Uwe Vogel",
];

/** Members of AEGEE-Testburg: those who have an account by its id, others by name. */
export function planSeedMembers(): ListMember[] {
  const unknown = names.map((name) => {
    const [first_name = name, last_name = name] = name.split(" ");
    return { first_name, last_name, user_id: null, fee: 20 };
  });
  const known = [seedUsers.board, seedUsers.member].map(({ id, username }) => ({
    first_name: username,
    last_name: "Testburg",
    user_id: id,
    fee: 20,
  }));
  return [...known, ...unknown];
}
