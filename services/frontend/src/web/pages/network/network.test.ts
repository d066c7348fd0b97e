import { describe, expect, test } from "vitest";

import { answerQuestion } from "../../composables/confirm.ts";
import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";

const zoe = {
  id: 9,
  username: "zoe",
  first_name: "Zoë",
  last_name: "Papa",
  email: "z@example.org",
};
const testburg = { id: 1, name: "AEGEE-Testburg", code: "TST", type: "antenna", description: "" };
const stranger = buildSession({ bodies: [] });

describe("a body", () => {
  const body = { "GET /api/core/bodies/1": () => ok(testburg) };

  test("can be asked to join by somebody who is no member", async () => {
    const api = startFakeApi({ ...body, "POST /api/core/bodies/1/join-requests": () => ok({}) });
    const { page } = await openPage("/bodies/1", stranger);

    await page.get('[name="motivation"]').setValue("I moved here.");
    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests.at(-1)?.body).toEqual({ motivation: "I moved here." });
    expect(page.get('aside [role="status"]').text()).toContain("with the board");
  });

  test("tells who asked already that they did", async () => {
    startFakeApi({
      ...body,
      "POST /api/core/bodies/1/join-requests": () => refuse(409, "You have asked already."),
    });
    const { page } = await openPage("/bodies/1", stranger);

    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get('[role="alert"]').text()).toBe("You have asked already.");
  });

  test("shows its members and requests to its board only", async () => {
    startFakeApi(body);
    const local = { "view_members:body": [1], "view:join_request": [1] };

    const ofMember = await openPage("/bodies/1", buildSession());
    const plain = ofMember.page.get("aside").text();
    ofMember.page.unmount();
    const ofBoard = await openPage("/bodies/1", buildSession({ local }));

    expect(plain).not.toContain("Join requests");
    expect(ofBoard.page.get("aside").text()).toContain("Join requests");
  });
});

describe("join requests", () => {
  const request = { id: 4, user_id: 9, status: "pending", motivation: "Hi", user: zoe };
  const lists = {
    "GET /api/core/bodies/1": () => ok(testburg),
    "GET /api/core/bodies/1/join-requests": () => ok([request]),
  };

  test("are approved by those who may", async () => {
    const api = startFakeApi({
      ...lists,
      "PUT /api/core/bodies/1/join-requests/4/status": () => ok({}),
    });
    const local = { "process:join_request": [1] };
    const { page } = await openPage("/bodies/1/join_requests", buildSession({ local }));

    await page.get('[aria-label="Approve Zoë Papa"]').trigger("click");
    await settle();

    expect(api.requests.find(({ method }) => method === "PUT")?.body).toEqual({
      status: "approved",
    });
    expect(page.get(".notices").text()).toContain("Zoë Papa is a member now.");
  });

  test("are only read by those who may not", async () => {
    startFakeApi(lists);

    const { page } = await openPage("/bodies/1/join_requests", buildSession());

    expect(page.get("tbody").text()).toContain("Zoë Papa");
    expect(page.find("tbody button").exists()).toBe(false);
  });
});

describe("a member", () => {
  const one = { "GET /api/core/members/9": () => ok({ ...zoe, active: true }) };

  test("is suspended after a question, by those who may", async () => {
    const api = startFakeApi({ ...one, "PUT /api/core/members/9/active": () => ok({}) });
    const { page } = await openPage(
      "/members/9",
      buildSession({ global: ["update_active:member"] }),
    );

    await page.get(".heading button").trigger("click");
    await settle();
    expect(page.get("dialog").text()).toContain("Suspend Zoë Papa?");
    answerQuestion(true);
    await settle();

    expect(api.requests.find(({ method }) => method === "PUT")?.body).toEqual({ active: false });
  });

  test("is left alone when the question is answered with no", async () => {
    const api = startFakeApi(one);
    const { page } = await openPage(
      "/members/9",
      buildSession({ global: ["update_active:member"] }),
    );

    await page.get(".heading button").trigger("click");
    answerQuestion(false);
    await settle();

    expect(api.calls().filter((call) => call.startsWith("PUT"))).toEqual([]);
  });

  test("offers no button to somebody without the permission", async () => {
    startFakeApi(one);

    const { page } = await openPage("/members/9", buildSession());

    expect(page.find(".heading button").exists()).toBe(false);
    expect(page.text()).not.toContain("Edit");
  });
});

describe("a circle of a body", () => {
  const circle = {
    "GET /api/core/circles/2": () => ok({ id: 2, name: "Board", description: "", body_id: 1 }),
    "GET /api/core/circles/2/members": () => ok([]),
    "GET /api/core/circles/2/permissions": () => ok([]),
    "GET /api/core/bodies/1/members": () => ok([{ id: 1, user_id: 9, comment: "", user: zoe }]),
  };

  test("takes a member of the body, and their position with it", async () => {
    const api = startFakeApi({
      ...circle,
      "POST /api/core/circles/2/members": () => ok({ id: 70 }),
      "PUT /api/core/circles/2/members/70": () => ok({}),
    });
    const local = { "add_member:circle": [1] };
    const { page } = await openPage("/circles/2", buildSession({ local }));
    await settle();

    await page.get("aside select").setValue("9");
    await page.get('[name="position"]').setValue("Treasurer");
    await page.get("aside form").trigger("submit");
    await settle();

    const sent = api.requests.filter(({ method }) => method !== "GET").map(({ body }) => body);
    expect(sent).toEqual([{ user_id: 9 }, { position: "Treasurer" }]);
  });

  test("shows no form to those who may not add anybody", async () => {
    startFakeApi(circle);

    const { page } = await openPage("/circles/2", buildSession());
    await settle();

    expect(page.find("aside form").exists()).toBe(false);
  });
});
