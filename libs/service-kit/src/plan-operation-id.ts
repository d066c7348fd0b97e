/** `get` and `/members/:id/my_permissions` → `getMembersIdMyPermissions`: what generated clients call it. */
export function planOperationId(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const name = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
  return `${method.toLowerCase()}${name === "" ? "Root" : name}`;
}
