import { findOpenApiFaults, findUnpagedLists } from "@myaegee/testing";
import { expect, test } from "vitest";

import { startStatutory } from "./start-statutory.ts";

const { app } = await startStatutory({ keepsData: true });

test("the API's description is valid OpenAPI, and names and groups every operation", async () => {
  expect(await findOpenApiFaults(app)).toEqual([]);
});

test("every list has a limit", async () => {
  expect(await findUnpagedLists(app)).toEqual([]);
});
