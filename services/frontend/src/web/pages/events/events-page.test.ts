import { describe, expect, test } from "vitest";

import { buildEvent } from "../../testing/events.ts";
import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";

describe("the list of events", () => {
  test("shows strangers what is published, each card leading to its event", async () => {
    startFakeApi({ "GET /api/events/": () => ok([buildEvent()], { meta: { count: 1 } }) });

    const { page } = await openPage("/events", null);

    expect(page.get("article a").attributes("href")).toBe("/events/facilitators");
    expect(page.get("article").text()).toContain("Applications open");
    expect(page.text()).not.toContain("Propose an event");
  });

  test("says so when there is none", async () => {
    startFakeApi({ "GET /api/events/": () => ok([]) });

    const { page } = await openPage("/events", null);

    expect(page.text()).toContain("No event matches.");
  });

  test("says so when the service is away, and asks again on request", async () => {
    let isAway = true;
    startFakeApi({
      "GET /api/events/": () => (isAway ? refuse(503, "Away.") : ok([buildEvent()])),
    });
    const { page } = await openPage("/events", null);
    expect(page.get('[role="alert"]').text()).toContain("Away.");

    isAway = false;
    await page.get('[role="alert"] button').trigger("click");
    await settle();

    expect(page.get("article").text()).toContain("Training for Facilitators");
  });

  test("asks the service for the chosen type from the first page on", async () => {
    const api = startFakeApi({ "GET /api/events/": () => ok([buildEvent()]) });
    const { page } = await openPage("/events", null);

    await page.get('select[name="type"]').setValue("nwm");
    await settle();

    const query = api.requests.at(-1)?.query;
    expect(query?.get("type")).toBe("nwm");
    expect(query?.get("offset")).toBe("0");
  });

  test("lets those propose an event who may", async () => {
    startFakeApi({ "GET /api/events/": () => ok([]) });

    const { page } = await openPage("/events", buildSession({ global: ["create:event"] }));

    expect(page.get('a[href="/events/new"]').text()).toBe("Propose an event");
  });
});
