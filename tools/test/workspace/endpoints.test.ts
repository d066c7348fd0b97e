import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeAll, expect, test } from "vitest";

import { fetchEndpoints } from "../../endpoints/fetch-endpoints.ts";
import { findMissing, formatEndpoints, type Endpoints } from "../../endpoints/format-endpoints.ts";

const page = join(import.meta.dirname, "..", "..", "..", "docs", "reference", "endpoints.md");

let endpoints: Endpoints;
beforeAll(async () => {
  endpoints = await fetchEndpoints();
});

test("every endpoint of part A is served", () => {
  expect(findMissing(endpoints)).toEqual([]);
});

test("the page of endpoints says what the services say (npx nx run tools:endpoints writes it anew)", async () => {
  expect(await readFile(page, "utf8")).toBe(formatEndpoints(endpoints));
});

test("an endpoint that a service does not serve is named as missing", () => {
  expect(findMissing({ ...endpoints, mailer: [] })).toContain("mailer: GET /messages/{}");
});
