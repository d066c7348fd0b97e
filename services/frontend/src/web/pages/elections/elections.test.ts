import { describe, expect, test } from "vitest";

import { answerQuestion } from "../../composables/confirm.ts";
import { buildCandidature, buildPosition } from "../../testing/elections.ts";
import { type FakeRequest, ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";
import { buildAgora } from "../../testing/statutory.ts";
import { toCandidatureDraft, toCandidatureForm } from "./candidature-draft.ts";
import { toPositionDraft, toPositionForm } from "./position-draft.ts";

const event = "/api/statutory/events/spring";
const positions = `${event}/positions`;
const list = "/statutory/spring/positions";
const manager = buildAgora({ permissions: { manage_candidates: true } });
const candidate = buildCandidature({ user_id: 8 });
const asMember = {
  [`GET ${event}`]: () => ok(buildAgora()),
  [`GET ${positions}/approved`]: () => ok([buildPosition()]),
  [`GET ${positions}/candidates/mine`]: () => ok([]),
};
const asManager = {
  [`GET ${event}`]: () => ok(manager),
  [`GET ${positions}/all`]: () => ok([buildPosition({ candidates: [candidate] })]),
  [`GET ${positions}/candidates/mine`]: () => ok([]),
};

function writes(requests: FakeRequest[]): unknown[] {
  return requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path, body }) => [`${method} ${path.replace(positions, "")}`, body]);
}

describe("the list of positions", () => {
  test("invites a member to run for an open one, and offers nothing else", async () => {
    startFakeApi(asMember);

    const { page } = await openPage(list, buildSession());

    expect(page.findAll("main section a").map((link) => link.text())).toEqual(["Run for it"]);
    expect(page.findAll("main button")).toEqual([]);
    expect(page.get("main").text()).toContain("Nobody runs yet.");
  });

  test("leads to the own candidature instead of a second one", async () => {
    startFakeApi({
      ...asMember,
      [`GET ${positions}/candidates/mine`]: () => ok([buildCandidature()]),
    });

    const { page } = await openPage(list, buildSession());

    expect(page.get("main section a").attributes("href")).toBe(`${list}/4/candidates/9`);
  });

  test("takes no candidatures when it is closed", async () => {
    startFakeApi({
      ...asMember,
      [`GET ${positions}/approved`]: () => ok([buildPosition({ status: "closed" })]),
    });

    const { page } = await openPage(list, buildSession());

    expect(page.find("main section a").exists()).toBe(false);
  });

  test("says so when nothing is to be elected", async () => {
    startFakeApi({ ...asMember, [`GET ${positions}/approved`]: () => ok([]) });

    const { page } = await openPage(list, buildSession());

    expect(page.get("main").text()).toContain("No position is to be elected yet.");
  });

  test("approves and rejects for those who manage candidates", async () => {
    const api = startFakeApi({
      ...asManager,
      [`PUT ${positions}/4/candidates/9/status`]: () => ok({}),
    });
    const { page } = await openPage(list, buildSession());

    await page.get('[aria-label="Approve Mia Member"]').trigger("click");
    await settle();
    await page.get('[aria-label="Reject Mia Member"]').trigger("click");
    await settle();

    expect(writes(api.requests)).toEqual([
      ["PUT /4/candidates/9/status", { status: "approved" }],
      ["PUT /4/candidates/9/status", { status: "rejected" }],
    ]);
  });

  test("closes candidatures by hand and deletes after a question", async () => {
    const api = startFakeApi({
      ...asManager,
      [`PUT ${positions}/4/status`]: () => ok({}),
      [`DELETE ${positions}/4`]: () => ok({}),
    });
    const { page } = await openPage(list, buildSession());

    await page.get("main section > .row button").trigger("click");
    await settle();
    await page.get('[aria-label="Delete President"]').trigger("click");
    answerQuestion(true);
    await settle();

    expect(writes(api.requests)).toEqual([
      ["PUT /4/status", { status: "closed" }],
      ["DELETE /4", null],
    ]);
  });
});

describe("a position", () => {
  test("keeps every field on its way through the form", () => {
    const position = buildPosition({ start_term: "2027-06-01T10:00:00.000Z" });

    expect(toPositionDraft(toPositionForm(position))).toEqual({
      name: "President",
      body_id: 1,
      places: 1,
      requirements: "Two Agorae attended.",
      starts: "2027-01-01T10:00:00.000Z",
      ends: "2027-02-01T10:00:00.000Z",
      start_term: "2027-06-01T10:00:00.000Z",
      end_term: null,
    });
  });

  test("is written down, with what is wrong beside its fields", async () => {
    startFakeApi({
      "GET /api/core/bodies": () => ok([{ id: 1, name: "AEGEE-Testburg" }]),
      [`POST ${positions}`]: () => refuse(422, { ends: ["A position must end after it starts."] }),
    });
    const { page } = await openPage(`${list}/new`, buildSession());

    await page.get('[name="name"]').setValue("Treasurer");
    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get('[name="ends"]').attributes("aria-invalid")).toBe("true");
    expect(page.get(".field__error").text()).toBe("A position must end after it starts.");
  });

  test("is edited, or is not there", async () => {
    const api = startFakeApi({
      ...asManager,
      "GET /api/core/bodies": () => ok([{ id: 1, name: "AEGEE-Testburg" }]),
      [`PUT ${positions}/4`]: () => ok({}),
    });
    const { page } = await openPage(`${list}/4/edit`, buildSession());
    await page.get('[name="places"]').setValue("2");
    await page.get("main form").trigger("submit");
    await settle();

    const unknown = await openPage(`${list}/5/edit`, buildSession());

    expect(api.requests.find(({ method }) => method === "PUT")?.body).toMatchObject({ places: 2 });
    expect(unknown.page.get("main").text()).toContain("There is no such position.");
  });
});

describe("a candidature", () => {
  test("keeps every field on its way through the form, and nothing else", () => {
    expect(toCandidatureDraft(toCandidatureForm(buildCandidature()))).toEqual({
      body_id: 1,
      nationality: "Dutch",
      languages: ["Dutch", "English"],
      member_since: "2020-09-01",
      studies: "Law",
      european_experience: "Two projects",
      local_experience: "Board",
      attended_agorae: "Three",
      attended_epm: "One",
      attended_conferences: "None",
      external_experience: "Scouts",
      related_experience: "Treasurer",
      motivation: "Europe",
      program: "Trains",
    });
  });

  test("is sent with the candidate's consent", async () => {
    const api = startFakeApi({ ...asMember, [`POST ${positions}/4/candidates`]: () => ok({}) });
    const { page, router } = await openPage(`${list}/4/apply`, buildSession());

    await page.get('[name="languages"]').setValue("Dutch, , English");
    await page.get('[name="motivation"]').setValue("Europe");
    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests.find(({ method }) => method === "POST")?.body).toMatchObject({
      body_id: 1,
      languages: ["Dutch", "English"],
      motivation: "Europe",
      agreed_to_privacy_policy: true,
    });
    expect(router.currentRoute.value.path).toBe(list);
  });

  test("is edited as it was written", async () => {
    const one = `${positions}/4/candidates/9`;
    const api = startFakeApi({
      ...asMember,
      [`GET ${one}`]: () => ok(buildCandidature()),
      [`PUT ${one}`]: () => ok({}),
    });
    const { page } = await openPage(`${list}/4/candidates/9/edit`, buildSession());

    await page.get('[name="program"]').setValue("More trains");
    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests.find(({ method }) => method === "PUT")?.body).toMatchObject({
      program: "More trains",
      motivation: "Europe",
    });
  });

  test.each([
    ["pending", 3, ["Edit"]],
    ["approved", 3, []],
    ["pending", 8, []],
  ] as const)("that is %s and of user %i offers %o", async (status, userId, expected) => {
    startFakeApi({
      [`GET ${positions}/4/candidates/9`]: () => ok(buildCandidature({ status, user_id: userId })),
    });

    const { page } = await openPage(`${list}/4/candidates/9`, buildSession());

    expect(page.get("main h1").text()).toBe("Mia Member");
    expect(page.findAll("main .button").map((link) => link.text())).toEqual(expected);
  });
});
