import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { commandTable } from "./command-table.ts";
import { formatReference } from "./format-reference.ts";

const folder = join(import.meta.dirname, "../../../docs/reference");

test.each(Object.entries(formatReference(commandTable)))(
  "docs/reference/%s is what the code says",
  async (name, content) => {
    expect(await readFile(join(folder, name), "utf8"), "write it again: npx slipway docs").toBe(
      content,
    );
  },
);
