import { expect, onTestFinished, test } from "vitest";

import { addIntegration, call, startDiscounts } from "./start-discounts.ts";

test("no token and no code is ever logged", async () => {
  const discounts = await startDiscounts();
  onTestFinished(() => discounts.stop());
  await addIntegration(discounts, {}, ["SECRET-CODE"]);
  const claimed = await call(discounts, "/integrations/1/claim", { method: "POST" });
  await call(discounts, "/integrations/1/codes", {
    token: "cd",
    method: "POST",
    payload: ["SECRET-CODE", "SECRET-TOO"],
  });
  await call(discounts, "/codes/mine?token=secret-in-a-query", { token: "secret-token" });
  discounts.core.breakDown();
  await call(discounts, "/codes/mine", { token: "another-secret-token" });

  expect(claimed.status).toBe(200);
  expect(discounts.logs.lines().filter(({ msg }) => msg === "request")).toHaveLength(4);
  expect(discounts.logs.text()).not.toMatch(/secret/i);
});
