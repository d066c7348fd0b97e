import { fuzzApp } from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { asEvents, startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;

beforeAll(async () => {
  mailer = await startMailer();
});

afterAll(() => mailer.stop());

test("answers whatever comes without a 5xx and within its schemas", async () => {
  const report = await fuzzApp({
    app: mailer.app,
    callers: [asEvents, { "x-auth-token": "admin" }, { "x-auth-token": "member" }, {}],
    requestsPerRoute: Number(process.env["FUZZ_REQUESTS_PER_ROUTE"] ?? 60),
    seed: Number(process.env["FUZZ_SEED"] ?? 20_261_123),
  });

  expect(report.faults).toEqual([]);
  expect(report.statuses).toMatchObject({ 200: expect.any(Number), 422: expect.any(Number) });
}, 600_000);
