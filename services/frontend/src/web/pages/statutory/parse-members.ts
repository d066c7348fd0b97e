import type { MembersListEntry } from "../../api/statutory.ts";

export interface ParsedMembers {
  members: MembersListEntry[];
  /** One sentence a line that could not be read. */
  faults: string[];
}

/** Gives members their account, where the name is that of somebody known; the name alone would do, but ids are sure. */
export function addUserIds(
  members: readonly MembersListEntry[],
  known: readonly MembersListEntry[],
): MembersListEntry[] {
  const ids = new Map(known.map((one) => [nameKey(one), one.user_id ?? null]));
  return members.map(({ first_name, last_name, fee }) => {
    const userId = ids.get(nameKey({ first_name, last_name })) ?? null;
    return { user_id: userId, first_name, last_name, fee };
  });
}

function nameKey(person: { first_name: string; last_name: string }): string {
  return `${person.first_name} ${person.last_name}`.toLowerCase();
}

/** Reads "first name, last name, fee" lines; semicolons and tabs separate as well as commas. */
export function parseMembers(text: string): ParsedMembers {
  const result: ParsedMembers = { members: [], faults: [] };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const entry = parseLine(line);
    if (typeof entry === "string") result.faults.push(`Line ${index + 1}: ${entry}`);
    else result.members.push(entry);
  }
  return result;
}

function parseLine(line: string): MembersListEntry | string {
  const [firstName = "", lastName = "", fee = ""] = line
    .split(/[,;\t]/)
    .map((cell) => cell.trim().replaceAll(/^"|"$/g, ""));
  if (firstName === "" || lastName === "") return "both names are needed.";
  if (fee === "" || !(Number(fee) >= 0))
    return `“${fee}” is not a fee; write a number like 25 or 12.50.`;
  return { first_name: firstName, last_name: lastName, fee: Number(fee) };
}
