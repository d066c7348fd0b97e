import { beforeAll, expect, test } from "vitest";

import { buildAgora, publishEvent } from "../test/build.ts";
import { startStatutory } from "../test/start-statutory.ts";
import { fillBigAgora } from "./fill-big-agora.ts";

const statutory = await startStatutory({ keepsData: true });
const { db, send } = statutory;
const REQUESTS = 40;
const LIMIT_MS = 2000;

beforeAll(async () => {
  await publishEvent(statutory, buildAgora());
  await fillBigAgora(db, { eventId: 1, bodies: 250, applications: 2000, membersPerList: 40 });
});

test.each([
  "/",
  "/events/1",
  "/events/1/applications/all?limit=50",
  "/events/1/applications/all?limit=50&query=last19",
  "/events/1/applications/all?limit=2000",
  "/events/1/applications/accepted?limit=50",
  "/events/1/applications/incoming?limit=50",
  "/events/1/applications/juridical?limit=50",
  "/events/1/applications/network?limit=50",
  "/events/1/applications/boardview/1",
  "/events/1/memberslists?limit=50",
  "/events/1/memberslists/missing",
  "/events/1/votes-amounts/antenna",
  "/events/1/votes-amounts/delegate",
  "/limits/agora",
])("GET %s is fast on a big Agora", async (path) => {
  const timesMs = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const start = performance.now();
    const answer = await send(`GET ${path}`, { as: "admin" });
    timesMs.push(performance.now() - start);
    expect(answer.statusCode).toBe(200);
  }

  const sorted = timesMs.toSorted((a, b) => a - b);
  const p50 = sorted[Math.floor(REQUESTS * 0.5)] ?? 0;
  const p95 = sorted[Math.floor(REQUESTS * 0.95)] ?? 0;
  process.stdout.write(`p50 ${p50.toFixed(1)} ms  p95 ${p95.toFixed(1)} ms  GET ${path}\n`);
  expect(p95).toBeLessThan(LIMIT_MS);
});
