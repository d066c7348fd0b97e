/** What a CHANGELOG.md says of one version, without its heading; empty when it says nothing. */
export function parseChangelog(text: string, version: string): string {
  const lines = text.split(/\r?\n/u);
  const start = lines.indexOf(`## ${version}`);
  if (start === -1) return "";
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith("## "));
  return rest
    .slice(0, end === -1 ? undefined : end)
    .join("\n")
    .trim();
}
