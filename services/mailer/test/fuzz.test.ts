import { runFuzz } from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { asEvents, startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;

beforeAll(async () => {
  mailer = await startMailer();
});

afterAll(() => mailer.stop());

test("answers whatever comes without a 5xx and within its schemas", async () => {
  const report = await runFuzz({
    app: mailer.app,
    callers: [asEvents, { "x-auth-token": "admin" }, { "x-auth-token": "member" }, {}],
    requestsPerRoute: 60,
  });

  expect(report.faults).toEqual([]);
  expect(report.statuses).toMatchObject({ 200: expect.any(Number), 422: expect.any(Number) });
}, 3_600_000);
