import * as fc from "fast-check";
import type { LightMyRequestResponse } from "fastify";
import { expect, test } from "vitest";

import { arbitraryFor, type JsonSchema } from "./arbitraries.ts";
import { makeEvent } from "./make-event.ts";
import { sessions, type Person } from "./people.ts";
import { startEvents } from "./start-events.ts";

const { send, db } = await startEvents();
const { paths } = (await send("GET /openapi.json")).json();

/** Fixed, so that a run says the same tomorrow; `FUZZ_SEED` and `FUZZ_RUNS` ask for more. */
const seed = Number(process.env["FUZZ_SEED"] ?? 20_261_123);
const numRuns = Number(process.env["FUZZ_RUNS"] ?? 60);

interface Parameter {
  name: string;
  in: string;
  schema: JsonSchema;
}

interface Operation {
  route: string;
  parameters: readonly Parameter[];
  body: JsonSchema | null;
}

const people = Object.keys(sessions).filter((name): name is Person => name in sessions);

test.each(listOperations())(
  "$route never ends in a 5xx or an answer that breaks its schema",
  async (operation) => {
    await makeEvent(db, {
      url: "my-event",
      questions: [{ type: "text", description: "Why?", required: false }],
    });
    await makeEvent(db, { status: "draft", type: "nwm" });
    const body = { body_id: 1, answers: ["So."], agreed_to_privacy_policy: true };
    await send("POST /single/1/applications", { as: "applicant", body });

    await fc.assert(
      fc.asyncProperty(arbitraryRequest(operation), async (request) => {
        const answer = await send(request.route, request);
        expect(describeFault(request, answer)).toBeNull();
      }),
      { seed, numRuns },
    );
  },
);

function arbitraryRequest({ route, parameters, body }: Operation) {
  const [method = "", template = ""] = route.split(" ");
  const model = parameters.map((parameter) => [parameter.name, arbitraryParameter(parameter)]);
  const requiredKeys = parameters.filter(isInPath).map(({ name }) => name);
  const values = fc.record<Record<string, unknown>>(Object.fromEntries(model), { requiredKeys });
  return fc.record({
    route: values.map((given) => `${method} ${formatUrl(template, parameters, given)}`),
    as: fc.constantFrom(...people),
    body:
      body === null
        ? fc.constant(undefined)
        : arbitraryFor(body).map((value) => JSON.stringify(value)),
    headers: fc.constant(body === null ? undefined : { "content-type": "application/json" }),
  });
}

/** Paths mostly lead to something, or nobody gets beyond them. */
function arbitraryParameter(parameter: Parameter) {
  return isInPath(parameter)
    ? fc.oneof(
        { arbitrary: fc.constantFrom("1", "2", "me", "my-event"), weight: 9 },
        { arbitrary: arbitraryFor(parameter.schema), weight: 1 },
      )
    : arbitraryFor(parameter.schema);
}

function isInPath(parameter: Parameter): boolean {
  return parameter.in === "path";
}

function formatUrl(
  template: string,
  parameters: readonly Parameter[],
  values: Readonly<Record<string, unknown>>,
): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encode(values[name]));
  const query = parameters
    .filter(({ name, in: place }) => place === "query" && name in values)
    .flatMap(({ name }) => [values[name]].flat().map((value) => `${name}=${encode(value)}`));
  return `${path}?${query.join("&")}`;
}

/** As a careless client would: lone surrogates have no encoding, so they become a question mark. */
function encode(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return encodeURIComponent((text ?? "").toWellFormed());
}

function describeFault(request: { route: string; body: unknown }, answer: LightMyRequestResponse) {
  return answer.statusCode < 500
    ? null
    : `${request.route} ${String(request.body)} → ${answer.body}`;
}

function listOperations(): Operation[] {
  return Object.entries<Record<string, OpenApiOperation>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      route: `${method.toUpperCase()} ${path}`,
      parameters,
      body: requestBody?.content["application/json"]?.schema ?? null,
    })),
  );
}

interface OpenApiOperation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: JsonSchema } | undefined> };
}
