import { describe, expect, test } from "vitest";

import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";

const lists = {
  "GET /api/discounts/integrations": () =>
    ok([
      {
        id: 1,
        name: "Rail pass",
        code: "rail",
        quota_period: "year",
        quota_amount: 1,
        description: "15 % off.",
      },
    ]),
  "GET /api/discounts/categories": () => ok([]),
};
const claim = "POST /api/discounts/integrations/1/claim";

describe("claiming a discount", () => {
  test("shows the code", async () => {
    startFakeApi({ ...lists, [claim]: () => ok({ id: 5, value: "RAIL-1" }) });
    const { page } = await openPage("/discounts", buildSession());

    await page.get("article button").trigger("click");
    await settle();

    expect(page.get("article code").text()).toBe("RAIL-1");
  });

  test("says that the quota is used up", async () => {
    startFakeApi({
      ...lists,
      [claim]: () => refuse(403, "You have claimed 1 of 1 codes this year."),
    });
    const { page } = await openPage("/discounts", buildSession());

    await page.get("article button").trigger("click");
    await settle();

    expect(page.get("article .note--bad").text()).toBe("You have claimed 1 of 1 codes this year.");
    expect(page.find("article code").exists()).toBe(false);
  });
});

test("counts the added codes and the skipped ones", async () => {
  const api = startFakeApi({
    "GET /api/discounts/integrations/1": () => ok({ id: 1, name: "Rail pass" }),
    "POST /api/discounts/integrations/1/codes": () => ok({ added: 2, skipped: 1 }),
  });
  const { page } = await openPage("/discounts/integrations/1/add-codes", buildSession());

  await page.get('[name="codes"]').setValue("A-1\n A-2 \n\nA-3");
  await page.get("main form").trigger("submit");
  await settle();

  expect(api.requests.at(-1)?.body).toEqual(["A-1", "A-2", "A-3"]);
  expect(page.get('main [role="status"]').text()).toContain("2 added, 1 skipped");
});
