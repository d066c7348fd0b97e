/** "waiting_list" → "Waiting list". */
export function formatWord(word: string): string {
  const text = word.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Named {
  first_name?: string | undefined;
  last_name?: string | undefined;
}

export function formatName(person: Named | null | undefined, fallback = "Unknown"): string {
  const name = [person?.first_name, person?.last_name].filter(Boolean).join(" ");
  return name === "" ? fallback : name;
}

interface Delegate {
  participant_type?: string | null | undefined;
  participant_order?: number | null | undefined;
}

/** "Delegate 2": as what, and as which of them, somebody was sent; "–" while nobody was. */
export function formatRole({ participant_type: type, participant_order: order }: Delegate): string {
  return type ? `${formatWord(type)} ${order ?? ""}`.trim() : "–";
}
