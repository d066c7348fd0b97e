import { describe, expect, test, vi } from "vitest";

import { followOtherTabs } from "../../session/load-session.ts";
import { sessionState, setCoreAway } from "../../session/session-state.ts";
import { tokenStore } from "../../session/token-store.ts";
import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openApp, openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";

const core = {
  "POST /api/core/login": () => ok({ access_token: "access", refresh_token: "refresh" }),
  "GET /api/core/session": () => ok(buildSession()),
};

describe("logging in", () => {
  test("leads a stranger from a members' page to the login and back", async () => {
    startFakeApi(core);
    const { page, router } = await openPage("/members/me/edit", null);
    expect(router.currentRoute.value.fullPath).toBe("/login?redirect=/members/me/edit");

    await page.get('[name="username"]').setValue(" member ");
    await page.get('[name="password"]').setValue("5ecret5ecret");
    await page.get("form").trigger("submit");

    await expect.poll(() => router.currentRoute.value.fullPath).toBe("/members/me/edit");
    expect(sessionState.current?.user?.username).toBe("member");
    expect(tokenStore.read()).toEqual({ accessToken: "access", refreshToken: "refresh" });
  });

  test("says why it was refused and keeps what was typed", async () => {
    startFakeApi({ "POST /api/core/login": () => refuse(403, "Please confirm your mail first.") });
    const { page } = await openPage("/login", null);

    await page.get('[name="username"]').setValue("unconfirmed");
    await page.get('[name="password"]').setValue("5ecret5ecret");
    await page.get("form").trigger("submit");
    await settle();

    expect(page.get('[role="alert"]').text()).toBe("Please confirm your mail first.");
    expect(page.get<HTMLInputElement>('[name="username"]').element.value).toBe("unconfirmed");
    expect(tokenStore.read()).toBeNull();
  });

  test("forgets the session at logout and tells core", async () => {
    const api = startFakeApi({ ...core, "POST /api/core/logout": () => ok({}) });
    const { page, router } = await openPage("/discounts", buildSession());

    await page.get(".account__list button").trigger("click");

    await expect.poll(() => router.currentRoute.value.path).toBe("/login");
    expect(api.calls()).toContain("POST /api/core/logout");
    expect(tokenStore.read()).toBeNull();
  });

  test("keeps somebody logged in whom core cannot vouch for just now", async () => {
    let isAway = true;
    startFakeApi({
      "GET /api/core/session": () => (isAway ? refuse(503, "Away.") : ok(buildSession())),
      "GET /api/discounts/integrations": () => ok([]),
      "GET /api/discounts/categories": () => ok([]),
    });
    tokenStore.write({ accessToken: "access", refreshToken: "refresh" });
    setCoreAway();
    const { page, router } = await openApp("/discounts");
    expect(router.currentRoute.value.path).toBe("/login");

    isAway = false;
    await page.get('main [role="status"] button').trigger("click");

    await expect.poll(() => router.currentRoute.value.path).toBe("/discounts");
  });
});

describe("other tabs", () => {
  test("take this one with them when they log out", async () => {
    startFakeApi({});
    const { router } = await openPage("/discounts", buildSession());
    followOtherTabs(() => {});

    tokenStore.clear();
    changeTokensElsewhere();

    await expect.poll(() => router.currentRoute.value.fullPath).toBe("/login?redirect=/discounts");
  });

  test("leave this one alone when they only renew", async () => {
    const reload = vi.fn<() => void>();
    const api = startFakeApi({ "GET /api/core/session": () => ok(buildSession()) });
    await openPage("/events", buildSession());
    followOtherTabs(reload);

    changeTokensElsewhere();

    await expect.poll(() => api.calls()).toContain("GET /api/core/session");
    await settle();
    expect(reload).not.toHaveBeenCalled();
  });

  test("reload this one when somebody else logs in", async () => {
    const reload = vi.fn<() => void>();
    startFakeApi({ "GET /api/core/session": () => ok(buildSession({ userId: 99 })) });
    await openPage("/events", buildSession());
    followOtherTabs(reload);

    changeTokensElsewhere();

    await expect.poll(() => reload).toHaveBeenCalledTimes(1);
  });
});

function changeTokensElsewhere(): void {
  window.dispatchEvent(new StorageEvent("storage", { key: "myaegee.tokens" }));
}
