/** A pattern for `ilike` that finds the text anywhere and takes its `%`, `_` and `\` for what they are. */
export function formatSearchPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
