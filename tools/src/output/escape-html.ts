const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" } as const;

/** Text for HTML, inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return Object.entries(entities).reduce(
    (safe, [sign, entity]) => safe.replaceAll(sign, entity),
    text,
  );
}
