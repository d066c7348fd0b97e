import { expect, test } from "vitest";

import { parseChangelog } from "./parse-changelog.ts";

const text = `# @x/hello

## 1.10.0

### Minor Changes

- More.

## 1.1.0

- Less.
`;

test.each([
  { version: "1.10.0", section: "### Minor Changes\n\n- More." },
  { version: "1.1.0", section: "- Less." },
  { version: "1.1", section: "" },
  { version: ".*", section: "" },
])("of $version the changelog says $section", ({ version, section }) => {
  expect(parseChangelog(text, version)).toBe(section);
  expect(parseChangelog(text.replaceAll("\n", "\r\n"), version)).toBe(section);
});
