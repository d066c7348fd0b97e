import { expect, test } from "vitest";

import { makeEvent } from "./make-event.ts";
import { startEvents } from "./start-events.ts";

const { db, core, send, logs } = await startEvents();

test("no token and no answer of an applicant is ever logged", async () => {
  await makeEvent(db);
  const body = { body_id: 1, answers: [], agreed_to_privacy_policy: true };
  await send("POST /single/1/applications", { as: "applicant", body });
  await send("POST /single/1/applications", { as: "applicant", body: "{ a secret, no json" });
  await send("GET /single/1?token=a-secret-in-a-query", {
    headers: {
      "x-auth-token": "a-secret-token",
      authorization: "a-secret-bearer",
      "x-service": "core",
      "x-service-token": "a-secret-service-token",
    },
  });
  core.breakDown();
  await send("GET /mine/organizing", { headers: { "x-auth-token": "another-secret-token" } });

  expect(logs.lines().filter(({ msg }) => msg === "request")).toHaveLength(4);
  expect(logs.text()).not.toMatch(/secret|token-of-events/);
});

test("a failure is logged with its request, but without the row that it is about", async () => {
  await makeEvent(db, { name: "A secret name" });
  await db.schema.alterTable("applications").renameTo("applications_away").execute();
  const answer = await send("GET /single/1/applications", {
    as: "member",
    headers: { "x-request-id": "request-that-fails" },
  });
  await db.schema.alterTable("applications_away").renameTo("applications").execute();

  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toEqual({
    success: false,
    message: expect.not.stringMatching(/applications/),
  });
  expect(
    logs.lines().filter(({ request_id: requestId }) => requestId === "request-that-fails"),
  ).toMatchObject([
    { level: "error", msg: "request failed" },
    { level: "info", msg: "request", status: 500 },
  ]);
  expect(logs.text()).not.toContain("A secret name");
});
