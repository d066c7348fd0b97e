import { describe, expect, test } from "vitest";

import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";
import { buildAgora, buildStatutoryApplication } from "../../testing/statutory.ts";

const event = "/api/statutory/events/spring";
const body = { "GET /api/core/bodies/1": () => ok({ id: 1, name: "AEGEE-Testburg" }) };
const agora = buildAgora({
  permissions: {
    see_boardview: { global: false, 1: true },
    set_board_comment_and_participant_type: { global: false, 1: true },
    see_memberslist: { global: false, 1: true },
    upload_memberslist: { global: false, 1: true },
    edit_memberslist: { global: false, 1: true },
  },
});
const ofBoard = { ...body, [`GET ${event}`]: () => ok(agora) };
const limits = { delegate: 3, envoy: 0, observer: 0, visitor: null };

describe("the board view", () => {
  const board = {
    ...ofBoard,
    "GET /api/statutory/limits/agora/1": () => ok(limits),
    [`GET ${event}/applications/boardview/1`]: () => ok([buildStatutoryApplication()]),
  };

  test("tells how many may go and offers only roles that the body has", async () => {
    startFakeApi(board);
    const { page } = await openPage("/statutory/spring/boardview", buildSession());
    await settle();

    expect(page.get("main").text()).toContain(
      "This body can send 3 delegates, any number of visitors.",
    );
    expect(page.findAll("tbody option").map((option) => option.text())).toEqual([
      "None",
      "Delegate",
      "Visitor",
    ]);
  });

  test("saves role, order and comment of an applicant", async () => {
    const api = startFakeApi({ ...board, [`PUT ${event}/applications/5/board`]: () => ok({}) });
    const { page } = await openPage("/statutory/spring/boardview", buildSession());
    await settle();

    await page.get("tbody select").setValue("delegate");
    await page.get('tbody input[type="number"]').setValue(2);
    await page.get('[aria-label="Comment on Mia Member"]').setValue("Go!");
    await page.get("tbody button").trigger("click");
    await settle();

    expect(api.requests.find(({ method }) => method === "PUT")?.body).toMatchObject({
      participant_type: "delegate",
      participant_order: 2,
      board_comment: "Go!",
    });
  });

  test("shows what was decided, without fields, after the deadline", async () => {
    const closed = buildAgora({ permissions: { see_boardview: { 1: true } } });
    startFakeApi({ ...board, [`GET ${event}`]: () => ok(closed) });
    const { page } = await openPage("/statutory/spring/boardview", buildSession());
    await settle();

    expect(page.find("tbody select").exists()).toBe(false);
    expect(page.get("tbody").text()).toContain("Mia Member");
  });
});

describe("the members list", () => {
  const path = `${event}/memberslists/1`;

  test("is filled in from the body, with accounts, and submitted", async () => {
    const member = { first_name: "Mia", last_name: "Member" };
    const api = startFakeApi({
      ...ofBoard,
      [`GET ${path}`]: () => refuse(404, "No list."),
      "GET /api/core/bodies/1/members": () =>
        ok([{ id: 1, user_id: 3, comment: "", user: member }]),
      [`POST ${path}`]: () => ok({}),
    });
    const { page } = await openPage("/statutory/spring/memberslist/upload", buildSession());
    await settle();

    await page.get('main form button[type="button"]').trigger("click");
    await settle();
    await page.get('[name="members"]').setValue("Mia, Member, 25\nZoë, Papa, 5");
    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests.find(({ method }) => method === "POST")?.body).toEqual({
      currency: "EUR",
      members: [
        { user_id: 3, ...member, fee: 25 },
        { user_id: null, first_name: "Zoë", last_name: "Papa", fee: 5 },
      ],
    });
  });

  test("names the lines that cannot be read, and asks nobody", async () => {
    const api = startFakeApi({ ...ofBoard, [`GET ${path}`]: () => refuse(404, "No list.") });
    const { page } = await openPage("/statutory/spring/memberslist/upload", buildSession());
    await settle();

    await page.get('[name="members"]').setValue("Mia Member 25");
    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get(".field__error").text()).toContain("Line 1: both names are needed.");
    expect(api.calls()).not.toContain(`POST ${path}`);
  });

  test("shows what it costs, also in a currency named by its country", async () => {
    const members = [{ first_name: "Mia", last_name: "Member", fee: 30, fee_to_aegee: 3.75 }];
    startFakeApi({
      ...ofBoard,
      [`GET ${path}`]: () =>
        ok({ body_id: 1, currency: "EU", fee_to_aegee: 3.75, fee_paid: 0, members }),
    });
    const { page } = await openPage("/statutory/spring/memberslist/upload", buildSession());
    await settle();

    expect(page.get("caption").text()).toBe("1 member, €3.75 to AEGEE-Europe");
    expect(page.get("tbody").text()).toContain("€30.00");
  });
});

describe("desks and votes", () => {
  test("register a participant at the juridical desk", async () => {
    const api = startFakeApi({
      [`GET ${event}/applications/juridical`]: () => ok([buildStatutoryApplication()]),
      [`PUT ${event}/applications/5/registered`]: () => ok({}),
    });
    const { page } = await openPage("/statutory/spring/juridical", buildSession());

    await page.get('[aria-label="Mia Member registered"]').trigger("click");
    await settle();

    expect(api.requests.find(({ method }) => method === "PUT")?.body).toEqual({ registered: true });
  });

  test("say why a flag could not be set, and leave it as it was", async () => {
    startFakeApi({
      [`GET ${event}/applications/juridical`]: () => ok([buildStatutoryApplication()]),
      [`PUT ${event}/applications/5/departed`]: () => refuse(403, "Not registered yet."),
    });
    const { page } = await openPage("/statutory/spring/juridical", buildSession());

    await page.get('[aria-label="Mia Member departed"]').trigger("click");
    await settle();

    expect(page.get(".notices").text()).toContain("Not registered yet.");
    expect(page.get<HTMLInputElement>('[aria-label="Mia Member departed"]').element.checked).toBe(
      false,
    );
  });

  test("list votes by antenna and by delegate, with names", async () => {
    const application = { statutory_id: "001-0005", first_name: "Mia", last_name: "Member" };
    startFakeApi({
      "GET /api/core/bodies": () => ok([{ id: 1, name: "AEGEE-Testburg" }]),
      [`GET ${event}/votes-amounts/antenna`]: () => ok([{ id: 1, body_id: 1, votes: 5 }]),
      [`GET ${event}/votes-amounts/delegate`]: () =>
        ok([{ id: 1, body_id: 1, votes: 3, type: "on-event", application }]),
    });
    const { page } = await openPage("/statutory/spring/votes", buildSession());
    await settle();

    const rows = page.findAll("tbody tr").map((row) => row.findAll("th, td").map((c) => c.text()));
    expect(rows).toEqual([
      ["AEGEE-Testburg", "5"],
      ["001-0005", "Mia Member", "AEGEE-Testburg", "Present", "3"],
    ]);
  });
});
