import { expect, test } from "vitest";

import { readArrow } from "./read-arrow.ts";

const check = { suite: "browser", subject: "arrows", durationMs: 1, fault: null } as const;

test("reads from a title which two services have met", () => {
  expect(readArrow({ ...check, title: "events → core: who asks" })).toEqual({
    service: "events",
    provider: "core",
    title: "who asks",
    fault: null,
  });
});

test("takes any other check for its own service only", () => {
  const smoke = { ...check, subject: "core", title: "GET /api/core/healthcheck" };

  expect(readArrow(smoke)).toMatchObject({ service: "core", provider: null, title: smoke.title });
});
