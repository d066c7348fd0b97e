import { expect } from "vitest";

import { flow } from "../support/flow.ts";
import { fill, press, see } from "../support/forms.ts";
import { findLink, waitForMail } from "../support/inbox.ts";
import { createPerson, makeTag, password } from "../support/people.ts";

flow("a newcomer signs up, confirms by mail and lands on the page they wanted", async (stage) => {
  const username = `newcomer.${makeTag()}`;
  const email = `${username}@example.org`;
  const page = await stage.visit("/signup/default", null);

  await fill(page, {
    username,
    email,
    password,
    password_copy: password,
    first_name: "Nora",
    last_name: "Newcomer",
    date_of_birth: "2001-05-09",
    gender: "female",
  });
  await page.getByRole("checkbox").check();
  await press(page, "Join");
  await page.waitForURL(/confirm_signup/);
  await page.goto("/login");
  await fill(page, { username, password });
  await press(page, "Log in");
  await see(page, /confirm/i);

  await page.goto(findLink(await waitForMail(email, /confirm/i)));
  await press(page, "Confirm");
  await see(page, "Welcome to AEGEE");
  await page.goto("/discounts/my");
  await see(page, "The page you asked for is for members.");
  await fill(page, { username, password });
  await press(page, "Log in");

  await page.waitForURL(/\/discounts\/my$/);
});

flow("a member gets a new password by mail, and the old one ends", async (stage) => {
  const { username, email } = await createPerson("Forgetful");
  const page = await stage.visit("/password_reset", null);

  await fill(page, { email });
  await page.locator("main form button[type=submit]").click();
  await page.goto(findLink(await waitForMail(email, /password/i)));
  await fill(page, { password: "another5ecret", password_copy: "not the same" });
  await press(page, "Change password");
  await see(page, "The two passwords differ.");
  await fill(page, { password: "another5ecret", password_copy: "another5ecret" });
  await press(page, "Change password");
  await see(page, "Your password is changed");

  await page.goto("/login");
  await fill(page, { username, password });
  await press(page, "Log in");
  await page.getByRole("alert").waitFor();
  await fill(page, { password: "another5ecret" });
  await press(page, "Log in");
  await page.waitForURL(/dashboard/);
});

flow("a member moves to another email address and logs out", async (stage) => {
  const person = await createPerson("Mover");
  const newEmail = `${makeTag()}@example.org`;
  const page = await stage.visit("/members/me/edit", person);

  await fill(page, { new_email: "admin@example.org" });
  await press(page, "Change the address");
  await see(page, /already/);
  await fill(page, { new_email: newEmail });
  await press(page, "Change the address");
  await see(page, `We have sent a mail to ${newEmail}`);
  await page.goto(findLink(await waitForMail(newEmail, /email/i)));
  await press(page, "Confirm");
  await see(page, "Your email address is changed");

  await page.goto("/members/me");
  await see(page, newEmail);
  await page.locator("summary").first().click();
  await press(page, "Log out");
  await page.waitForURL(/login/);
  expect(await page.evaluate(() => localStorage.getItem("myaegee.tokens"))).toBeNull();
});
