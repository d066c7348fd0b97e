import { Check } from "typebox/value";
import { expect, test } from "vitest";

import { defaultSubjects, mailParameters } from "./mail-parameters.ts";
import { MailRequest } from "./mail-request.ts";

const mail = { template: "custom", parameters: { body: "b" }, to: "a@example.org", subject: "s" };

test("names the nineteen templates that the services use", () => {
  expect(Object.keys(mailParameters)).toEqual(Object.keys(defaultSubjects));
  expect(Object.keys(mailParameters)).toHaveLength(19);
});

test.each([
  [{}, true],
  [{ to: ["a@example.org", "o'neill+tag@sub.example.org"] }, true],
  [{ parameters: [{ body: "b" }] }, true],
  [{ to: "a@b.c\nBcc: d@e.f" }, false],
  [{ to: "A <a@b.c>" }, false],
  [{ to: "a@b.c,d@e.f" }, false],
  [{ to: [] }, false],
  [{ subject: "" }, false],
  [{ idempotency_key: "" }, false],
])("takes %j: %s", (change, isValid) => {
  expect(Check(MailRequest, { ...mail, ...change })).toBe(isValid);
});
