import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";

import { flow } from "../support/flow.ts";
import { see } from "../support/forms.ts";
import { createPerson } from "../support/people.ts";

flow("two tabs stay logged in when their token is renewed at the same moment", async (stage) => {
  const context = await stage.enter(await createPerson("Busy"));
  const renewals = countRenewals(context);
  const [one, other] = [await context.newPage(), await context.newPage()];
  await Promise.all([one.goto("/dashboard"), other.goto("/discounts")]);

  await expireToken(one);
  await Promise.all([one.reload(), other.reload()]);
  await Promise.all([see(one, "Hello, Busy"), see(other, "What our partners offer to members.")]);
  await expireToken(other);
  await Promise.all([one.reload(), other.reload()]);
  await Promise.all([see(one, "Hello, Busy"), see(other, "What our partners offer to members.")]);

  expect(renewals()).toBe(2);
  await other.locator("summary").first().click();
  await other.getByRole("button", { name: "Log out" }).click();
  await one.waitForURL(/login/);
});

/** As if ten minutes had passed. */
async function expireToken(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tokens: object = JSON.parse(localStorage.getItem("myaegee.tokens") ?? "{}");
    const expired = { ...tokens, accessToken: "0".repeat(64) };
    localStorage.setItem("myaegee.tokens", JSON.stringify(expired));
  });
}

function countRenewals(context: BrowserContext): () => number {
  let count = 0;
  context.on("request", (request) => {
    if (request.url().endsWith("/api/core/renew")) count += 1;
  });
  return () => count;
}
