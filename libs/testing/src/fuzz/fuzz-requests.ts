import * as fc from "fast-check";

import type { Method, Operation } from "../openapi/read-operations.ts";
import {
  createSchemaArbitrary,
  hostileTexts,
  hostileValues,
  type JsonSchema,
} from "./schema-arbitrary.ts";

export interface FuzzRequest {
  method: Method;
  url: string;
  headers: Record<string, string>;
  payload?: string;
}

/** Requests for an operation: the right ones, nearly right ones and absurd ones. */
export function createRequestArbitrary(
  operation: Operation,
  callers: readonly Record<string, string>[],
): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      url: createUrlArbitrary(operation),
      caller: fc.constantFrom(...callers),
      content: createContentArbitrary(operation.body),
      stray: strayHeaders,
    })
    .map(({ url, caller, content, stray }) => {
      const headers = Object.assign({}, stray, content.headers, caller);
      const request = { method: operation.method, url, headers };
      return content.payload === undefined
        ? request
        : Object.assign(request, { payload: content.payload });
    });
}

const strayHeaders: fc.Arbitrary<Record<string, string>> = fc.constantFrom<
  Record<string, string>[]
>(
  {},
  {},
  { accept: "text/csv" },
  { accept: "image/png" },
  { "x-request-id": "{}\u00ff" },
  { "x-forwarded-for": "not, an, address" },
  { "if-none-match": "*" },
);

function createUrlArbitrary({ path, parameters }: Operation): fc.Arbitrary<string> {
  const ofPath = parameters.filter((parameter) => parameter.in === "path");
  const ofQuery = parameters.filter((parameter) => parameter.in === "query");
  return fc
    .tuple(
      fc.tuple(...ofPath.map(({ schema }) => createPathPartArbitrary(schema))),
      fc.record(Object.fromEntries(ofQuery.map(({ name, schema }) => [name, asText(schema)])), {
        requiredKeys: [],
      }),
    )
    .map(([parts, query]) => {
      const filled = ofPath.reduce(
        (text, { name }, index) => text.replace(`{${name}}`, encode(parts[index])),
        path,
      );
      const search = Object.entries(query).map(([name, value]) => `${name}=${encode(value)}`);
      return search.length === 0 ? filled : `${filled}?${search.join("&")}`;
    });
}

/** Small ids, because something is there; never empty, which would be another route. */
function createPathPartArbitrary(schema: JsonSchema): fc.Arbitrary<string> {
  return fc
    .oneof(
      { weight: 5, arbitrary: fc.integer({ min: 1, max: 5 }).map(String) },
      { weight: 3, arbitrary: asText(schema) },
      { weight: 2, arbitrary: hostileTexts },
    )
    .map((text) => (text === "" ? "0" : text));
}

function asText(schema: JsonSchema): fc.Arbitrary<string> {
  return createSchemaArbitrary(schema).map((value) =>
    typeof value === "string" ? value : JSON.stringify(value),
  );
}

interface Content {
  headers: Record<string, string>;
  payload?: string;
}

const json = { "content-type": "application/json" };

function createContentArbitrary(body: JsonSchema | null): fc.Arbitrary<Content> {
  const nothing: fc.Arbitrary<Content> = fc.constant({ headers: {} });
  if (body === null) {
    return nothing;
  }
  return fc.oneof(
    { weight: 20, arbitrary: createSchemaArbitrary(body).map(formatJson) },
    { weight: 2, arbitrary: hostileValues.map(formatJson) },
    { weight: 1, arbitrary: nothing },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Content>(
        { headers: json, payload: "" },
        { headers: json, payload: "{" },
        { headers: json, payload: '{"__proto__":{"superadmin":true}}' },
        { headers: json, payload: `${"[".repeat(20_000)}${"]".repeat(20_000)}` },
        { headers: json, payload: `"${"x".repeat(8_000_000)}"` },
        { headers: { "content-type": "text/plain" }, payload: "text" },
        { headers: { "content-type": "application/xml" }, payload: "<a/>" },
        { headers: { "content-type": "application/x-www-form-urlencoded" }, payload: "a=b" },
        { headers: { "content-type": "multipart/form-data" }, payload: "no boundary" },
        { headers: { "content-type": "///" }, payload: "?" },
      ),
    },
  );
}

function formatJson(value: unknown): Content {
  return { headers: json, payload: JSON.stringify(value) };
}

/** As `encodeURIComponent`, which throws on halves of surrogate pairs. */
function encode(text: string | undefined): string {
  return encodeURIComponent((text ?? "").toWellFormed());
}
