import { describe, expect, test } from "vitest";

import { answerQuestion } from "../../composables/confirm.ts";
import { notices } from "../../composables/notices.ts";
import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";

const rail = {
  id: 1,
  name: "Rail pass",
  code: "rail",
  quota_period: "year",
  quota_amount: 1,
  description: "15 % off.",
  free_codes: 3,
  claimed_codes: 2,
};
const lists = {
  "GET /api/discounts/integrations": () => ok([rail]),
  "GET /api/discounts/categories": () => ok([]),
};
const manager = buildSession({ global: ["manage:discounts"] });

describe("the partners", () => {
  test("are managed by those who may", async () => {
    startFakeApi(lists);

    const { page } = await openPage("/discounts", manager);

    expect(page.findAll("article a").map((link) => link.text())).toEqual(["Add codes", "Edit"]);
    expect(page.get("article").text()).toContain("3 free, 2 claimed");
    expect(page.find('a[href="/discounts/integrations/new"]').exists()).toBe(true);
  });

  test("are left alone by everybody else", async () => {
    startFakeApi(lists);

    const { page } = await openPage("/discounts", buildSession());

    expect(page.find("article a").exists()).toBe(false);
    expect(page.find('a[href="/discounts/integrations/new"]').exists()).toBe(false);
  });

  test("are added", async () => {
    const api = startFakeApi({ ...lists, "POST /api/discounts/integrations": () => ok(rail) });
    const { page, router } = await openPage("/discounts/integrations/new", manager);

    await page.get('[name="name"]').setValue("Rail pass");
    await page.get('[name="code"]').setValue("rail");
    await page.get('[name="quota_amount"]').setValue("2");
    await page.get('[name="description"]').setValue("15 % off.");
    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests.find(({ method }) => method === "POST")?.body).toEqual({
      name: "Rail pass",
      code: "rail",
      quota_period: "month",
      quota_amount: 2,
      description: "15 % off.",
    });
    expect(router.currentRoute.value.path).toBe("/discounts");
  });

  test("are edited, with what is wrong beside its field", async () => {
    const one = "/api/discounts/integrations/1";
    startFakeApi({
      [`GET ${one}`]: () => ok(rail),
      [`PUT ${one}`]: () => refuse(422, { code: ["This code is taken."] }),
    });
    const { page } = await openPage("/discounts/integrations/1/edit", manager);

    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get<HTMLInputElement>('[name="code"]').element.value).toBe("rail");
    expect(page.get(".field__error").text()).toBe("This code is taken.");
  });

  test("stay when a code of theirs was claimed", async () => {
    startFakeApi({
      ...lists,
      "DELETE /api/discounts/integrations/1": () => refuse(409, "2 codes were claimed."),
    });
    const { page } = await openPage("/discounts", manager);

    await page.get('[aria-label="Delete Rail pass"]').trigger("click");
    answerQuestion(true);
    await settle();

    expect(notices.at(-1)).toMatchObject({ kind: "bad", text: "2 codes were claimed." });
    expect(page.get("article h3").text()).toBe("Rail pass");
  });
});
