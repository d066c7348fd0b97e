import { describe, expect, test } from "vitest";

import { buildEvent, buildEventPermissions } from "../../testing/events.ts";
import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";

const path = "/api/events/single/facilitators";

function answerEvent(event: object, permissions: object) {
  return {
    [`GET ${path}`]: () =>
      ok(buildEvent(event), { permissions: buildEventPermissions(permissions) }),
  };
}

describe("an event", () => {
  test("shows when it is, with the time zone", async () => {
    startFakeApi(answerEvent({}, {}));

    const { page } = await openPage("/events/facilitators", null);

    const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: "short" })
      .formatToParts(new Date("2027-05-01T10:00:00.000Z"))
      .find(({ type }) => type === "timeZoneName")?.value;
    const starts = page.get('time[datetime="2027-05-01T10:00:00.000Z"]');
    expect(starts.text()).toContain(zone);
  });

  test("offers a visitor to apply and nothing of the organisers", async () => {
    startFakeApi(answerEvent({}, {}));

    const { page } = await openPage("/events/facilitators", buildSession());

    const actions = page.get("aside").text();
    expect(actions).toContain("Apply");
    expect(actions).not.toContain("Edit");
    expect(actions).not.toContain("Unpublish");
    expect(actions).not.toContain("Delete");
  });

  test("lets an approver publish what is submitted, and shows the new state", async () => {
    let status = "submitted";
    const api = startFakeApi({
      [`GET ${path}`]: () =>
        ok(buildEvent({ status: status === "submitted" ? "submitted" : "published" }), {
          permissions: buildEventPermissions({
            change_status: { draft: true, submitted: false, published: true },
          }),
        }),
      "PUT /api/events/single/7/status": ({ body }) => {
        status = "published";
        return ok(body);
      },
    });
    const { page } = await openPage("/events/facilitators", buildSession());

    await page.get("aside .button--primary").trigger("click");
    await settle();

    expect(api.requests.find(({ method }) => method === "PUT")?.body).toEqual({
      status: "published",
    });
    expect(page.get(".notices").text()).toContain("The event is published.");
    expect(page.get("aside").text()).not.toContain("Approve and publish");
  });

  test("says why a move was refused", async () => {
    startFakeApi({
      ...answerEvent(
        { status: "draft" },
        { change_status: { draft: false, submitted: true, published: false } },
      ),
      "PUT /api/events/single/7/status": () => refuse(403, "Budget and programme are missing."),
    });
    const { page } = await openPage("/events/facilitators", buildSession());

    await page.get("aside .button--primary").trigger("click");
    await settle();

    expect(page.get(".notices").text()).toContain("Budget and programme are missing.");
  });

  test("that does not exist is told apart from one that fails", async () => {
    startFakeApi({});

    const { page } = await openPage("/events/facilitators", null);

    expect(page.get('[role="alert"]').text()).toContain("Not found");
    expect(page.find('[role="alert"] button').exists()).toBe(false);
  });
});
