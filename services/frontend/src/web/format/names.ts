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
