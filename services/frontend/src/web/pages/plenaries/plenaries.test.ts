import { describe, expect, test } from "vitest";

import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";
import { buildAgora, buildStatutoryApplication } from "../../testing/statutory.ts";

const event = "/api/statutory/events/spring";
const plenary = {
  id: 2,
  name: "Opening plenary",
  starts: "2027-05-01T10:00:00Z",
  ends: "2027-05-01T12:00:00Z",
};
const attendance = {
  id: 1,
  application_id: 5,
  starts: "2027-05-01T10:05:00Z",
  ends: null,
  seconds: 60,
  application: buildStatutoryApplication(),
};
const mark = `POST ${event}/plenaries/2/attendance/mark`;

describe("the plenaries of an Agora", () => {
  test("are listed, without a form for those who only look", async () => {
    startFakeApi({
      [`GET ${event}`]: () => ok(buildAgora({ permissions: { see_plenaries: true } })),
      [`GET ${event}/plenaries`]: () => ok([plenary]),
    });

    const { page } = await openPage("/statutory/spring/plenaries", buildSession());

    expect(page.get("tbody a").attributes("href")).toBe("/statutory/spring/plenaries/2");
    expect(page.find("main form").exists()).toBe(false);
  });

  test("are refused with the reason", async () => {
    startFakeApi({
      [`GET ${event}`]: () => ok(buildAgora()),
      [`GET ${event}/plenaries`]: () => refuse(403, "You are not allowed to see plenaries."),
    });

    const { page } = await openPage("/statutory/spring/plenaries", buildSession());

    expect(page.get('[role="alert"]').text()).toContain("You are not allowed to see plenaries.");
  });

  test("are planned by those who manage them, with faults beside the fields", async () => {
    startFakeApi({
      [`GET ${event}`]: () => ok(buildAgora({ permissions: { manage_plenaries: true } })),
      [`GET ${event}/plenaries`]: () => ok([]),
      [`POST ${event}/plenaries`]: () =>
        refuse(422, { ends: ["A plenary must end after it starts."] }),
    });
    const { page } = await openPage("/statutory/spring/plenaries", buildSession());

    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get(".field__error").text()).toBe("A plenary must end after it starts.");
    expect(page.get("main").text()).toContain("No plenary is planned yet.");
  });
});

describe("attendance at a plenary", () => {
  const permissions = { mark_attendance: true, see_applications_juridical: true };
  const one = {
    [`GET ${event}`]: () => ok(buildAgora({ permissions })),
    [`GET ${event}/plenaries/2`]: () => ok({ ...plenary, attendances: [attendance] }),
    [`GET ${event}/applications/juridical`]: () => ok([buildStatutoryApplication()]),
  };

  test.each([
    ["5", 5],
    ["001-0005", 5],
  ])("is marked by the number %s", async (typed, applicationId) => {
    const api = startFakeApi({ ...one, [mark]: () => ok(attendance) });
    const { page } = await openPage("/statutory/spring/plenaries/2", buildSession());

    await page.get('[name="application_id"]').setValue(typed);
    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests.find(({ method }) => method === "POST")?.body).toEqual({
      application_id: applicationId,
    });
    expect(page.get('main [role="status"]').text()).toBe("Mia Member came in.");
    expect(page.get("tbody").text()).toContain("in the room");
  });

  test("is not marked for a number that nobody has", async () => {
    const api = startFakeApi(one);
    const { page } = await openPage("/statutory/spring/plenaries/2", buildSession());

    await page.get('[name="application_id"]').setValue("001-0099");
    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get(".field__error").text()).toBe("Nobody has this number.");
    expect(api.calls()).not.toContain(mark);
  });

  test("shows when somebody left", async () => {
    const gone = { ...attendance, ends: "2027-05-01T11:00:00Z" };
    startFakeApi({
      ...one,
      [`GET ${event}/plenaries/2`]: () => ok({ ...plenary, attendances: [gone] }),
    });

    const { page } = await openPage("/statutory/spring/plenaries/2", buildSession());

    expect(page.findAll("tbody time").map((time) => time.attributes("datetime"))).toEqual([
      gone.starts,
      gone.ends,
    ]);
  });

  test("is shown whole, though it comes in pages", async () => {
    const pages = [attendance, { ...attendance, id: attendance.id + 1 }];
    const meta = { count: 2, offset: 0, limit: 1 };
    const api = startFakeApi({
      ...one,
      [`GET ${event}/plenaries/2`]: () =>
        ok({ ...plenary, attendances: pages.splice(0, 1) }, { meta }),
    });

    const { page } = await openPage("/statutory/spring/plenaries/2", buildSession());

    expect(page.findAll("tbody tr")).toHaveLength(2);
    expect(api.calls().filter((call) => call === `GET ${event}/plenaries/2`)).toHaveLength(2);
  });
});
