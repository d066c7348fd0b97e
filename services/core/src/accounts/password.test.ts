import { expect, test } from "vitest";

import { decoyHash, hashPassword, isPasswordOf } from "./password.ts";

test("an unknown account costs the same work as a wrong password", async () => {
  const [, kind, version, parameters] = (await hashPassword("a password")).split("$");

  expect(decoyHash.split("$").slice(1, 4)).toEqual([kind, version, parameters]);
  await expect(isPasswordOf(undefined, "a password")).resolves.toBe(false);
});

test("only the right password of an account is right", async () => {
  const account = { password_hash: await hashPassword("a password") };

  await expect(isPasswordOf(account, "a password")).resolves.toBe(true);
  await expect(isPasswordOf(account, "another password")).resolves.toBe(false);
});
