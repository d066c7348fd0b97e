import { expect, test } from "vitest";

import { addFieldError, collectFieldErrors, expectNoFaults } from "./field-errors.ts";

test("keeps the fields that have a message", () => {
  expect(collectFieldErrors({ name: "Too long.", url: null })).toEqual({ name: ["Too long."] });
});

test("adds a second message to a field", () => {
  const errors = { ends: ["Must be after the start."] };

  addFieldError(errors, "ends", "Must be in the future.");

  expect(errors).toEqual({ ends: ["Must be after the start.", "Must be in the future."] });
});

test("lets no fault pass, and no faults through", () => {
  expect(() => expectNoFaults({ ends: ["Too late."] })).toThrow(
    expect.objectContaining({ status: 422, errors: { ends: ["Too late."] } }),
  );
  expect(() => expectNoFaults({})).not.toThrow();
});
