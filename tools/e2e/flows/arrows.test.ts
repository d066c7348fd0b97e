import { expect, test } from "vitest";

import { callApi } from "../support/call-api.ts";
import { flow } from "../support/flow.ts";
import { createPerson, logIn } from "../support/people.ts";

// One call for each arrow between services. A rehearsal runs them while old and new versions stand side by side, and
// reads from the title which two have met.

test.each([
  { service: "events", path: "events/" },
  { service: "statutory", path: "statutory/" },
  { service: "discounts", path: "discounts/integrations" },
])("$service → core: who asks", async ({ path }) => {
  const data = await callApi<unknown[]>(path, { as: await logIn("admin") });

  expect(data).toBeInstanceOf(Array);
});

test("core → mailer: the mail after a sign-up", async () => {
  const person = await createPerson("Arrow");

  expect(person.tokens.accessToken).not.toBe("");
});

for (const [provider, path] of [
  ["core", "/bodies"],
  ["events", "/events"],
  ["statutory", "/statutory"],
  ["discounts", "/discounts/my"],
] as const) {
  flow(`frontend → ${provider}: what its first page asks`, async (stage) => {
    const page = await (await stage.enter(await logIn("admin"))).newPage();
    const answered = page.waitForResponse((answer) => {
      const { pathname } = new URL(answer.url());
      return pathname.startsWith(`/api/${provider}/`) && !pathname.endsWith("/session");
    });

    await page.goto(path);

    expect((await answered).status()).toBe(200);
  });
}
