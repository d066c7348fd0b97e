import { expect, test } from "vitest";

import { ok, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";

test("proposes an event with its author among the organisers and times as moments", async () => {
  const api = startFakeApi({ "POST /api/events/": () => ok({ id: 8, url: null }) });
  const { page } = await openPage("/events/new", buildSession({ global: ["create:event"] }));

  await page.get('[name="name"]').setValue("Ein Café in Köln!");
  await page.get('[name="name"]').trigger("blur");
  await page.get("main form select").setValue("cultural");
  await page.get('[name="description"]').setValue("Cake.");
  await page.get('[name="starts"]').setValue("2027-05-01T18:00");
  await page.get("main form").trigger("submit");
  await settle();

  expect(api.requests[0]?.body).toMatchObject({
    name: "Ein Café in Köln!",
    url: "ein-cafe-in-koln",
    type: "cultural",
    starts: new Date("2027-05-01T18:00").toISOString(),
    max_participants: null,
    organizers: [{ user_id: 3 }],
    organizing_bodies: [{ body_id: 1 }],
  });
});
