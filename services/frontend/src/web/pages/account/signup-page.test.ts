import { describe, expect, test } from "vitest";

import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import type { OpenPage } from "../../testing/open-page.ts";

async function fillAndSend({ page }: OpenPage, passwordCopy = "5ecret5ecret"): Promise<void> {
  await page.get('[name="username"]').setValue("newbie");
  await page.get('[name="email"]').setValue("newbie@example.org");
  await page.get('[name="password"]').setValue("5ecret5ecret");
  await page.get('[name="password_copy"]').setValue(passwordCopy);
  await page.get('[name="first_name"]').setValue("Nora");
  await page.get('[name="last_name"]').setValue("Newbie");
  await page.get('[name="date_of_birth"]').setValue("2001-02-03");
  await page.get('[name="gender"]').setValue("female");
  await page.get('main input[type="checkbox"]').setValue(true);
  await page.get("form").trigger("submit");
  await settle();
}

describe("signing up", () => {
  test("sends the account to its campaign and asks for the mail's code next", async () => {
    const api = startFakeApi({ "POST /api/core/signup/autumn": () => ok({}) });
    const opened = await openPage("/signup/autumn", null);

    await fillAndSend(opened);

    await expect
      .poll(() => opened.router.currentRoute.value.fullPath)
      .toBe("/confirm_signup?sent=1");
    expect(api.requests[0]?.body).toMatchObject({ username: "newbie", phone: null });
    expect(api.requests[0]?.body).not.toHaveProperty("password_copy");
  });

  test("shows beside each field what core has against it, and goes to the first one", async () => {
    startFakeApi({
      "POST /api/core/signup/autumn": () =>
        refuse(422, { email: ["is taken already."], username: ["is taken as well."] }),
    });
    const opened = await openPage("/signup/autumn", null);

    await fillAndSend(opened);

    const email = opened.page.get('[name="email"]');
    const error = document.querySelector(`#${email.attributes("aria-describedby")?.split(" ")[1]}`);
    expect(email.attributes("aria-invalid")).toBe("true");
    expect(error?.textContent).toBe("is taken already.");
    expect(opened.page.get('[name="first_name"]').attributes("aria-invalid")).toBeUndefined();
    expect(document.activeElement?.getAttribute("name")).toBe("username");
    expect(opened.page.get('[role="alert"]').text()).toBe("Some fields need another look.");
  });

  test("asks nobody when the two passwords differ", async () => {
    const api = startFakeApi({});
    const opened = await openPage("/signup/autumn", null);

    await fillAndSend(opened, "different");

    expect(api.requests).toHaveLength(0);
    expect(opened.page.text()).toContain("The two passwords differ.");
  });

  test("explains a campaign that does not exist", async () => {
    startFakeApi({});
    const opened = await openPage("/signup/autumn", null);

    await fillAndSend(opened);

    expect(opened.page.get('[role="alert"]').text()).toContain("sign-up link is not valid");
  });
});

describe("confirming the address", () => {
  test("takes the code from the link in the mail", async () => {
    const api = startFakeApi({ "POST /api/core/confirm-email": () => ok({}) });
    const { page } = await openPage("/confirm_signup?token=abc", null);

    await page.get("form").trigger("submit");
    await settle();

    expect(api.requests[0]?.body).toEqual({ token: "abc" });
    expect(page.get("h1").text()).toBe("Welcome to AEGEE");
  });
});

describe("a forgotten password", () => {
  test("says the same whether the account exists or not", async () => {
    const api = startFakeApi({ "POST /api/core/password_reset": () => ok({}) });
    const { page } = await openPage("/password_reset", null);

    await page.get('[name="email"]').setValue("who@example.org");
    await page.get("form").trigger("submit");
    await settle();

    expect(api.requests[0]?.body).toEqual({ email: "who@example.org" });
    expect(page.get('main [role="status"]').text()).toContain("If there is an account");
  });

  test("is replaced with the token of the mail", async () => {
    const api = startFakeApi({ "POST /api/core/password_confirm": () => ok({}) });
    const { page } = await openPage("/password_confirm?token=abc", null);

    await page.get('[name="password"]').setValue("5ecret5ecret");
    await page.get('[name="password_copy"]').setValue("5ecret5ecret");
    await page.get("form").trigger("submit");
    await settle();

    expect(api.requests[0]?.body).toEqual({ token: "abc", password: "5ecret5ecret" });
    expect(page.get("h1").text()).toBe("Your password is changed");
  });
});
