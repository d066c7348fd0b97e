import { findTableScans } from "@myaegee/testing";
import { expect, test } from "vitest";

import { fillDatabase, knownRoutes } from "./routes.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send, queries, databaseUrl } = statutory;

test.each([
  { route: "GET /" },
  { route: "GET /?search=agora&type=agora" },
  { route: "GET /events/1" },
  { route: "GET /events/latest-agora" },
  ...knownRoutes,
])("an index serves each statement of $route", async ({ route, ...known }) => {
  await fillDatabase(statutory);
  const statements = await queries.during(() => send(route, { as: "admin", ...known }));

  expect(await findTableScans(databaseUrl, statements)).toEqual([]);
});
