export interface Challenge {
  scheme: string;
  parameters: Readonly<Record<string, string>>;
}

/** `Bearer realm="…",service="…"` or `Basic realm="…"`: the first challenge of a WWW-Authenticate header. */
export function parseChallenge(header: string | undefined): Challenge | null {
  const match = /^\s*(?<scheme>[A-Za-z]+)(?:\s+(?<rest>.*))?$/su.exec(header ?? "");
  const scheme = match?.groups?.["scheme"];
  if (scheme === undefined) {
    return null;
  }
  const rest = match?.groups?.["rest"] ?? "";
  const pairs = rest.matchAll(
    /(?<key>[A-Za-z_-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^\s,]+))/gu,
  );
  const parameters = Object.fromEntries(
    Array.from(pairs, ({ groups }) => [
      (groups?.["key"] ?? "").toLowerCase(),
      groups?.["quoted"]?.replaceAll(/\\(?<sign>.)/gu, "$<sign>") ?? groups?.["bare"] ?? "",
    ]),
  );
  return { scheme: scheme.toLowerCase(), parameters };
}
