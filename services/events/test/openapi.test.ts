import { findOpenApiFaults, findUnpagedLists } from "@myaegee/testing";
import { expect, test } from "vitest";

import { startEvents } from "./start-events.ts";

const { app } = await startEvents();

test("the API's description is valid OpenAPI, and names and groups every operation", async () => {
  expect(await findOpenApiFaults(app)).toEqual([]);
});

test("every list has a limit", async () => {
  expect(await findUnpagedLists(app)).toEqual([]);
});
