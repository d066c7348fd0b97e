import { describe, expect, test } from "vitest";

import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";
import { buildAgora } from "../../testing/statutory.ts";
import { listDeadlines } from "./deadlines.ts";
import { addUserIds, parseMembers } from "./parse-members.ts";
import { planStatutoryLinks } from "./statutory-links.ts";

describe("the pages of a statutory event", () => {
  test("are few for a member", () => {
    expect(planStatutoryLinks(buildAgora(), true).map(({ label }) => label)).toEqual([
      "Votes",
      "Elections",
    ]);
  });

  test("lead those who may see plenaries to them, at an Agora only", () => {
    const permissions = { see_plenaries: true };
    const labels = (type: string) =>
      planStatutoryLinks(buildAgora({ type, permissions }), true).map(({ label }) => label);

    expect(labels("agora")).toContain("Plenaries");
    expect(labels("epm")).toEqual([]);
  });

  test("are none for a stranger", () => {
    expect(planStatutoryLinks(buildAgora(), false)).toEqual([]);
  });

  test("grow for the board of a local", () => {
    const event = buildAgora({
      permissions: {
        see_boardview: { global: false, 1: true },
        see_memberslist: { global: false, 1: true },
      },
    });

    expect(planStatutoryLinks(event, true)).toEqual([
      { label: "Board view", to: "/statutory/spring/boardview" },
      { label: "Members list of my body", to: "/statutory/spring/memberslist/upload" },
      { label: "Votes", to: "/statutory/spring/votes" },
      { label: "Elections", to: "/statutory/spring/positions" },
    ]);
  });

  test("leave out members lists and votes where there are none", () => {
    const event = buildAgora({ type: "epm", permissions: { see_memberslist: { 1: true } } });

    expect(planStatutoryLinks(event, true)).toEqual([]);
  });
});

describe("deadlines", () => {
  test("come in the order of their dates, without those that are not set", () => {
    expect(listDeadlines(buildAgora()).map(({ label }) => label)).toEqual([
      "Applications",
      "Approval by the boards",
      "Members lists",
      "Participants are published",
    ]);
  });
});

describe("members pasted from a spreadsheet", () => {
  test("are read with commas, semicolons, tabs and quotes", () => {
    expect(parseMembers('Mia, Member, 25\n"Björn";Åkesson;12.50\n\nZoë\tPapa\t0\n')).toEqual({
      members: [
        { first_name: "Mia", last_name: "Member", fee: 25 },
        { first_name: "Björn", last_name: "Åkesson", fee: 12.5 },
        { first_name: "Zoë", last_name: "Papa", fee: 0 },
      ],
      faults: [],
    });
  });

  test("are refused line by line, with the reason", () => {
    expect(parseMembers("Mia, Member\nMia,,5\nMia, Member, -1").faults).toEqual([
      "Line 1: “” is not a fee; write a number like 25 or 12.50.",
      "Line 2: both names are needed.",
      "Line 3: “-1” is not a fee; write a number like 25 or 12.50.",
    ]);
  });
});

test("members of the body keep their account, whatever the case of their name", () => {
  const known = [{ user_id: 3, first_name: "Mia", last_name: "Member", fee: 0 }];
  const typed = [
    { first_name: "MIA", last_name: "member", fee: 25 },
    { first_name: "Zoë", last_name: "Papa", fee: 5 },
  ];

  expect(addUserIds(typed, known).map(({ user_id, fee }) => [user_id, fee])).toEqual([
    [3, 25],
    [null, 5],
  ]);
});

describe("applying to an Agora", () => {
  const applications = "/api/statutory/events/spring/applications";
  const event = { "GET /api/statutory/events/spring": () => ok(buildAgora()) };

  test("sends what the assembly needs, without visa data where no visa is needed", async () => {
    const api = startFakeApi({ ...event, [`POST ${applications}`]: () => ok({ id: 1 }) });
    const { page } = await openPage("/statutory/spring/applications/new", buildSession());

    await page.get('[name="nationality"]').setValue("Dutch");
    await page.findAll("main form select")[1]?.setValue("Vegan");
    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests.find(({ method }) => method === "POST")?.body).toEqual({
      body_id: 1,
      nationality: "Dutch",
      meals: "Vegan",
      allergies: null,
      number_of_events_visited: 0,
      visa_required: false,
      answers: [],
    });
  });

  test("asks for passport data once a visa is needed, and shows what is wrong with it", async () => {
    startFakeApi({
      ...event,
      [`POST ${applications}`]: () => refuse(422, { visa_passport_number: ["is missing."] }),
    });
    const { page } = await openPage("/statutory/spring/applications/new", buildSession());
    expect(page.find('[name="visa_passport_number"]').exists()).toBe(false);

    await page.get('main form input[type="checkbox"]').setValue(true);
    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get('[name="visa_passport_number"]').attributes("aria-invalid")).toBe("true");
    expect(page.text()).toContain("is missing.");
  });

  test("leads to the profile when core does not know gender or date of birth", async () => {
    startFakeApi({
      ...event,
      [`POST ${applications}`]: () => refuse(422, { gender: ["Please set your gender."] }),
    });
    const { page } = await openPage("/statutory/spring/applications/new", buildSession());

    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get('main form a[href="/members/me/edit"]').text()).toContain("profile");
  });
});
