import { flow } from "../support/flow.ts";
import { press, see } from "../support/forms.ts";
import { logIn } from "../support/people.ts";

flow("the status page shows the release set and what runs of it", async (stage) => {
  const page = await stage.visit("/status", await logIn("admin"));

  await page.locator(".note--good").waitFor();
  await see(page, /^Release set/);
  await page.getByRole("row", { name: /^core / }).waitFor();
  await page.getByRole("row", { name: /^frontend / }).waitFor();
});

flow("the status page is red when a version runs that is not in the set", async (stage) => {
  const page = await stage.visit("/status", null);
  await page.locator(".note--good").waitFor();

  await page.route("**/api/events/healthcheck", async (route) => {
    const response = await route.fetch();
    const answer: { data: object } = await response.json();
    await route.fulfill({
      response,
      json: { ...answer, data: { ...answer.data, version: "9.9.9" } },
    });
  });
  await press(page, "Look again");

  await page.locator(".note--bad").waitFor();
  await page.locator("tr.wrong", { hasText: "events" }).locator(".badge--bad").waitFor();
});
