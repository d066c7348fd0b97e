/** How a path names an application: one's own, by id, or by statutory id. */
export type ApplicationReference =
  | { by: "user"; userId: number }
  | { by: "id"; id: number }
  | { by: "statutory-id"; statutoryId: string };

const MAX_ID = 2_147_483_647;

/** `null` when the text can name no application. */
export function parseApplicationReference(
  text: string,
  callerId: number,
): ApplicationReference | null {
  if (text === "me") {
    return { by: "user", userId: callerId };
  }
  if (/^\d+$/.test(text) && Number(text) <= MAX_ID) {
    return { by: "id", id: Number(text) };
  }
  return /^\d{3,10}-\d{4,10}$/.test(text) ? { by: "statutory-id", statutoryId: text } : null;
}
