/** Fields of a package.json that decide what code is bundled; versions and dependencies are judged apart. */
const fields = ["name", "type", "main", "module", "exports", "imports", "sideEffects"] as const;

/** A package.json without what no image is made from: its version, its dependencies, its other scripts. */
export function pickPackageFacts(content: Uint8Array): string {
  const manifest: unknown = JSON.parse(new TextDecoder().decode(content));
  const build = readField(readField(manifest, "scripts"), "build");
  return JSON.stringify([
    ...fields.map((field) => readField(manifest, field) ?? null),
    build ?? null,
  ]);
}

function readField(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
}
