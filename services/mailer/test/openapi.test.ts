import { findOpenApiFaults, findUnpagedLists } from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;
beforeAll(async () => {
  mailer = await startMailer();
});
afterAll(() => mailer.stop());

test("the API's description is valid OpenAPI, and names and groups every operation", async () => {
  expect(await findOpenApiFaults(mailer.app)).toEqual([]);
});

test("every list has a limit, but the templates, whose number is in the code", async () => {
  expect(await findUnpagedLists(mailer.app)).toEqual(["/templates"]);
});
