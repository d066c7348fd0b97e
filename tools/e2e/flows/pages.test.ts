import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, inject } from "vitest";

import { buildWorld, type World } from "../support/build-world.ts";
import { flow } from "../support/flow.ts";
import { inspectPages } from "../support/inspect-pages.ts";
import { outputFolder } from "../support/output-folder.ts";
import { pageList, viewers } from "../support/page-list.ts";
import { writeContactSheet } from "../support/write-contact-sheet.ts";

const folder = join(outputFolder, "screenshots");
const hasBrowser = inject("browser") !== "";
let world: World;

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  if (hasBrowser) world = await buildWorld();
});

afterAll(async () => {
  if (hasBrowser) await writeContactSheet(folder, inject("browser"));
});

describe.each(viewers)("pages", (viewer) => {
  const paths = pageList.filter((one) => one.viewer === viewer);

  flow(
    `the pages for ${viewer} load and keep nobody out (${paths.length})`,
    async (stage, meta) => {
      const context = await stage.enter(world.people[viewer]);

      const pages = await inspectPages(context, { pages: paths, ids: world.ids, folder });
      meta.pages = pages;

      const faults = pages.flatMap((page) => page.faults);
      expect(faults, faults.join("\n")).toEqual([]);
    },
  );
});
