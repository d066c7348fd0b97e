import { runFuzz } from "@myaegee/testing";
import { expect, test } from "vitest";

import { makeEvent } from "./make-event.ts";
import { sessions } from "./people.ts";
import { emptyDatabase, startEvents } from "./start-events.ts";

const { app, send, db } = await startEvents();

test("answers whatever comes without a 5xx and within its schemas", async () => {
  const report = await runFuzz({
    app,
    callers: [...Object.keys(sessions).map((name) => ({ "x-auth-token": name })), {}],
    requestsPerRoute: 60,
    refill,
  });

  expect(report.faults).toEqual([]);
  expect(report.routes).toBeGreaterThan(20);
  expect(report.statuses).toMatchObject({ 200: expect.any(Number), 422: expect.any(Number) });
}, 3_600_000);

/** One event to apply to, with an application, and one that nobody has approved yet. */
async function refill(): Promise<void> {
  await emptyDatabase(db);
  await makeEvent(db, {
    url: "me",
    questions: [{ type: "text", description: "Why?", required: false }],
  });
  await makeEvent(db, { status: "draft", type: "nwm" });
  const body = { body_id: 1, answers: ["So."], agreed_to_privacy_policy: true };
  await send("POST /single/1/applications", { as: "applicant", body });
}
