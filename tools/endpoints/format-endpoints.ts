import { partA, type Row } from "./part-a.ts";

/** Service → its endpoints as `GET /members/{id}`. */
export type Endpoints = Readonly<Record<string, readonly string[]>>;

/** The page `docs/reference/endpoints.md`. */
export function formatEndpoints(endpoints: Endpoints): string {
  const services = Object.keys(endpoints);
  return [
    "# Endpoints",
    "<!-- Written by `npx nx run tools:endpoints` from each service's OpenAPI document; edit the routes. -->",
    "Row: the number in part A of the specification; who: what that row says. Endpoints without a row are the real services' older or wider paths, kept so that their clients work.",
    formatCounts(endpoints),
    ...services.map((service) => formatService(service, endpoints[service] ?? [])),
    "",
  ].join("\n\n");
}

function formatCounts(endpoints: Endpoints): string {
  const counts = Object.entries(endpoints).map(([service, offered]) => ({
    service,
    rows: partA[service]?.length ?? 0,
    there: (partA[service] ?? []).filter((row) => isThere(row, offered)).length,
    offered: offered.length,
  }));
  const total = {
    service: "**all**",
    rows: sum(counts.map(({ rows }) => rows)),
    there: sum(counts.map(({ there }) => there)),
    offered: sum(counts.map(({ offered }) => offered)),
  };
  return formatMarkdownTable(
    ["service", "rows of part A", "of these served", "endpoints in all"],
    [...counts, total].map((line) => [
      line.service,
      `${line.rows}`,
      `${line.there}`,
      `${line.offered}`,
    ]),
  );
}

/** Rows of part A, as `service: endpoint`, that the services do not serve. */
export function findMissing(endpoints: Endpoints): string[] {
  return Object.entries(partA).flatMap(([service, rows]) => {
    const offered = new Set((endpoints[service] ?? []).map(dropNames));
    const wanted = rows.flatMap((row) => row.endpoints);
    return wanted
      .filter((endpoint) => !offered.has(endpoint))
      .map((endpoint) => `${service}: ${endpoint}`);
  });
}

function formatService(service: string, offered: readonly string[]): string {
  const rows = partA[service] ?? [];
  const lines = offered.map((endpoint) => {
    const [method = "", path = ""] = endpoint.split(" ");
    const position = rows.findIndex((row) => row.endpoints.includes(dropNames(endpoint)));
    const who = rows[position]?.who ?? "";
    return [method, `\`/api/${service}${path}\``, position < 0 ? "" : `${position + 1}`, who];
  });
  const table = formatMarkdownTable(["method", "path", "row", "who"], lines);
  return `## ${service}\n\n${table}`;
}

function isThere(row: Row, offered: readonly string[]): boolean {
  const known = new Set(offered.map(dropNames));
  return row.endpoints.every((endpoint) => known.has(endpoint));
}

/** `GET /members/{id}` → `GET /members/{}`: what a path calls its parameters is its own affair. */
function dropNames(endpoint: string): string {
  return endpoint.replaceAll(/\{\w+\}/g, "{}");
}

function formatMarkdownTable(header: readonly string[], lines: readonly string[][]): string {
  const rule = header.map(() => "---");
  return [header, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
