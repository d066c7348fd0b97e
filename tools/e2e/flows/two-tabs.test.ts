import type { BrowserContext, Response } from "playwright-core";
import { expect } from "vitest";

import { flow } from "../support/flow.ts";
import { see } from "../support/forms.ts";
import { createPerson } from "../support/people.ts";

flow("two tabs stay logged in when their token is renewed at the same moment", async (stage) => {
  const person = await createPerson("Busy");
  const context = await stage.enter(person);
  const renewals = collectRenewals(context);
  const [one, other] = [await context.newPage(), await context.newPage()];
  const reloadBoth = () => Promise.all([one.goto("/dashboard"), other.goto("/discounts")]);
  const seeBoth = () =>
    Promise.all([see(one, "Hello, Busy"), see(other, "What our partners offer to members.")]);

  await reloadBoth();
  await seeBoth();
  await expireToken(context, person.tokens.accessToken);
  await reloadBoth();
  await seeBoth();
  expect(renewals.map((renewal) => renewal.status())).toEqual([200]);

  await expireToken(context, await readAccessToken(renewals[0]));
  await reloadBoth();
  await seeBoth();
  expect(renewals.map((renewal) => renewal.status())).toEqual([200, 200]);

  await other.locator("summary").first().click();
  await other.getByRole("button", { name: "Log out" }).click();
  await one.waitForURL(/login/);
});

/** From now on no service knows this token, as after ten minutes. */
async function expireToken(context: BrowserContext, token: string): Promise<void> {
  await context.route("**/api/**", async (route) => {
    const isExpired = route.request().headers()["x-auth-token"] === token;
    const refusal = { success: false, message: "The token is not valid." };
    await (isExpired ? route.fulfill({ status: 401, json: refusal }) : route.fallback());
  });
}

function collectRenewals(context: BrowserContext): Response[] {
  const renewals: Response[] = [];
  context.on("response", (response) => {
    if (response.url().endsWith("/api/core/renew")) renewals.push(response);
  });
  return renewals;
}

async function readAccessToken(renewal: Response | undefined): Promise<string> {
  const answer: { data: { access_token: string } } = await renewal?.json();
  return answer.data.access_token;
}
