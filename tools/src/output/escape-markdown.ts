/** Hostile text as inline code: no character of it can be Markdown, HTML, a table cell's end or a mention. */
export function formatCode(text: string): string {
  const safe = text.replace(
    /[^\p{L}\p{N} ]/gu,
    (character) => `&#${character.codePointAt(0) ?? 32};`,
  );
  return `<code>${safe}</code>`;
}

/** Text in a block that it can't close. */
export function formatBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}
