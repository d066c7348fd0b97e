import { expect, test } from "vitest";

import { buildApplication } from "./build.ts";
import { fillDatabase } from "./routes.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { core, send, logs } = statutory;

test("no token, and nothing of a passport or an allergy, is ever logged", async () => {
  await fillDatabase(statutory);
  const before = logs.lines().length;
  const body = buildApplication({ allergies: "a secret allergy" });
  await send("POST /events/1/applications", { as: "board", body });
  await send("POST /events/1/applications", { as: "board", body: "{ a secret, no json" });
  await send("GET /events/1?token=a-secret-in-a-query", {
    headers: {
      "x-auth-token": "a-secret-token",
      authorization: "a-secret-bearer",
      "x-service": "core",
      "x-service-token": "a-secret-service-token",
    },
  });
  core.breakDown();
  await send("GET /events/mine", { headers: { "x-auth-token": "another-secret-token" } });

  const since = logs.lines().slice(before);
  expect(since.filter(({ msg }) => msg === "request")).toHaveLength(4);
  expect(logs.text()).not.toMatch(/secret|token-of-statutory/);
});
