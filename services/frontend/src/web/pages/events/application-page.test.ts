import { describe, expect, test } from "vitest";

import type { Question } from "../../api/questions.ts";
import { buildEvent, buildEventPermissions } from "../../testing/events.ts";
import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";

const questions: Question[] = [
  { type: "string", description: "Why you?", required: true },
  { type: "number", description: "Shoe size", required: false },
  { type: "checkbox", description: "By train", required: false },
];
const event = {
  "GET /api/events/single/facilitators": () =>
    ok(buildEvent({ questions }), { permissions: buildEventPermissions() }),
};
const applications = "/api/events/single/facilitators/applications";

describe("applying to an event", () => {
  test("sends body, consent and one answer a question", async () => {
    const api = startFakeApi({ ...event, [`POST ${applications}`]: () => ok({ id: 1 }) });
    const { page } = await openPage("/events/facilitators/applications/me", buildSession());

    await page.get('main form input[type="text"]').setValue("I practise");
    await page.get('main form input[type="number"]').setValue("41");
    await page.get('main form > .field input[type="checkbox"]').setValue(true);
    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests.find(({ method }) => method === "POST")?.body).toEqual({
      body_id: 1,
      answers: ["I practise", 41, false],
      agreed_to_privacy_policy: true,
    });
    expect(page.get(".notices").text()).toContain("Your application is saved.");
  });

  test("edits the application that is there", async () => {
    const mine = { id: 9, body_id: 1, status: "accepted", answers: ["Because", 40, true] };
    const api = startFakeApi({
      ...event,
      [`GET ${applications}/me`]: () => ok(mine),
      [`PUT ${applications}/me`]: () => ok(mine),
    });
    const { page } = await openPage("/events/facilitators/applications/me", buildSession());
    expect(page.get(".heading").text()).toContain("Accepted");

    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests.find(({ method }) => method === "PUT")?.body).toMatchObject({
      answers: ["Because", 40, true],
    });
  });

  test("shows what is wrong with the answers", async () => {
    startFakeApi({
      ...event,
      [`POST ${applications}`]: () => refuse(422, { answers: ["Answer 1 is missing."] }),
    });
    const { page } = await openPage("/events/facilitators/applications/me", buildSession());

    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get('fieldset [role="alert"]').text()).toBe("Answer 1 is missing.");
  });

  test("sends somebody without a body to find one", async () => {
    startFakeApi(event);

    const { page } = await openPage(
      "/events/facilitators/applications/me",
      buildSession({ bodies: [] }),
    );

    expect(page.get('main form a[href="/bodies"]').text()).toContain("Find your antenna");
  });

  test("offers no form once applications are closed", async () => {
    startFakeApi({
      "GET /api/events/single/facilitators": () => ok(buildEvent({ application_status: "closed" })),
    });

    const { page } = await openPage("/events/facilitators/applications/me", buildSession());

    expect(page.text()).toContain("Applications are closed.");
    expect(page.find("main form").exists()).toBe(false);
  });
});
