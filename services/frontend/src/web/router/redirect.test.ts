import { expect, test } from "vitest";

import { parseWantedPage } from "./redirect.ts";

test.each([
  ["/events/new", "/events/new"],
  ["/statutory/1?tab=x#top", "/statutory/1?tab=x#top"],
  [undefined, "/dashboard"],
  [["/a", "/b"], "/dashboard"],
  ["https://evil.example", "/dashboard"],
  ["//evil.example", "/dashboard"],
  ["/\\evil.example", "/dashboard"],
  ["javascript:alert(1)", "/dashboard"],
])("leads from the wanted page %o to %s", (wanted, page) => {
  expect(parseWantedPage(wanted)).toBe(page);
});
