import { seedUsers } from "@myaegee/contracts";
import { beforeEach, expect, test } from "vitest";

import { findEventFaults } from "../src/events/event-rules.ts";
import { planSeedEvents } from "../src/seed/seed-events.ts";
import { seed } from "../src/seed/seed.ts";
import { startEvents } from "./start-events.ts";

const { send, db, databaseUrl } = await startEvents();

beforeEach(() => seed(databaseUrl));

test("gives three events to apply to, one draft and one that waits for approval", async () => {
  const rows = await db.selectFrom("events").select(["type", "status"]).orderBy("id").execute();
  const shown = (await send("GET /")).json().data;

  expect(rows).toEqual([
    { type: "training", status: "published" },
    { type: "nwm", status: "published" },
    { type: "conference", status: "published" },
    { type: "cultural", status: "draft" },
    { type: "training", status: "submitted" },
  ]);
  expect(shown).toMatchObject([
    { application_status: "open" },
    { application_status: "open" },
    { application_status: "open" },
  ]);
});

test("leaves everything as people have changed it when it runs again", async () => {
  await db.updateTable("events").set({ name: "Renamed" }).where("type", "=", "nwm").execute();
  const before = await db.selectFrom("events").selectAll().orderBy("id").execute();

  await seed(databaseUrl);

  expect(await db.selectFrom("events").selectAll().orderBy("id").execute()).toEqual(before);
});

test("keeps the rules that everybody has to keep", () => {
  const events = planSeedEvents(new Date());
  const organizers = events.flatMap((event) => event.organizers.map(({ user_id }) => user_id));

  expect(events.map((event) => findEventFaults(event, event.status))).toEqual([{}, {}, {}, {}, {}]);
  expect(new Set(organizers)).toEqual(new Set([seedUsers.board.id, seedUsers.member.id]));
});
