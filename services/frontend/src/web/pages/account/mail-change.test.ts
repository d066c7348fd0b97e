import { describe, expect, test } from "vitest";

import { ok, refuse, startFakeApi } from "../../testing/fake-api.ts";
import { openPage, settle } from "../../testing/open-page.ts";
import { buildSession } from "../../testing/sessions.ts";

const me = {
  id: 3,
  username: "member",
  first_name: "Mia",
  last_name: "Member",
  email: "mia@example.org",
};
const confirm = "POST /api/core/confirm-email-change";

describe("changing the email address", () => {
  test("asks core for a mail to the new address and says where it went", async () => {
    const api = startFakeApi({
      "GET /api/core/members/me": () => ok(me),
      "PUT /api/core/members/3/email": () => ok(null),
    });
    const { page } = await openPage("/members/me/edit", buildSession());

    await page.get('[name="new_email"]').setValue("new@example.org");
    await page.get('[aria-labelledby="email-form"]').trigger("submit");
    await settle();

    expect(api.requests.find(({ method }) => method === "PUT")?.body).toEqual({
      new_email: "new@example.org",
    });
    expect(page.get('main [role="status"]').text()).toContain("sent a mail to new@example.org");
  });

  test("counts once the link of the mail is confirmed", async () => {
    const api = startFakeApi({ [confirm]: () => ok(null) });
    const { page } = await openPage("/confirm_mail_change?token=abc", null);

    await page.get("main form").trigger("submit");
    await settle();

    expect(api.requests[0]?.body).toEqual({ token: "abc" });
    expect(page.get("main h1").text()).toBe("Your email address is changed");
    expect(page.get("main a").attributes("href")).toBe("/login");
  });

  test("does not happen with a link that is too old", async () => {
    startFakeApi({ [confirm]: () => refuse(403, "The token is not valid.") });
    const { page } = await openPage("/confirm_mail_change?token=abc", null);

    await page.get("main form").trigger("submit");
    await settle();

    expect(page.get('[role="alert"]').text()).toBe("The token is not valid.");
  });
});

describe("changing the password", () => {
  test("shows a wrong present password beside its field", async () => {
    startFakeApi({
      "GET /api/core/members/me": () => ok(me),
      "PUT /api/core/members/3/password": () =>
        refuse(422, { old_password: ["The old password is invalid."] }),
    });
    const { page } = await openPage("/members/me/edit", buildSession());

    await page.get('[aria-labelledby="password-form"]').trigger("submit");
    await settle();

    expect(page.get('[name="old_password"]').attributes("aria-invalid")).toBe("true");
    expect(page.get(".field__error").text()).toBe("The old password is invalid.");
  });

  test("is not offered for somebody else's account", async () => {
    startFakeApi({ "GET /api/core/members/9": () => ok({ ...me, id: 9 }) });

    const { page } = await openPage("/members/9/edit", buildSession());

    expect(page.find('[aria-labelledby="email-form"]').exists()).toBe(true);
    expect(page.find('[aria-labelledby="password-form"]').exists()).toBe(false);
  });
});
