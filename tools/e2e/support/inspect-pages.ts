import { join } from "node:path";

import type { BrowserContext, Page } from "playwright-core";

import { type AccessibilityCounts, checkAccessibility } from "./check-accessibility.ts";
import type { ListedPage } from "./page-list.ts";

export interface InspectedPage {
  path: string;
  /** What axe found. */
  counts: AccessibilityCounts;
  /** What keeps people out, and messages of failures that the page shows. */
  faults: string[];
  /** File of the picture. */
  screenshot: string;
}

interface Visits {
  pages: readonly ListedPage[];
  /** What `:agora` and the like in paths stand for. */
  ids: Record<string, string | number>;
  /** For the pictures. */
  folder: string;
}

/** Opens page after page, takes a picture of each and holds it against the rules of axe. */
export async function inspectPages(
  context: BrowserContext,
  { pages, ids, folder }: Visits,
): Promise<InspectedPage[]> {
  const page = await context.newPage();
  const inspected: InspectedPage[] = [];
  for (const { path, number } of pages) {
    await page.goto(path.replaceAll(/:(\w+)/g, (_, name: string) => String(ids[name])));
    await waitUntilLoaded(page);
    const screenshot = join(folder, `${String(number).padStart(2, "0")}${nameFile(path)}.jpg`);
    await page.screenshot({ path: screenshot, type: "jpeg", quality: 70, fullPage: true });
    const { counts, barriers } = await checkAccessibility(page);
    const alerts = await page.locator('main [role="alert"]').allInnerTexts();
    const faults = [...barriers, ...alerts].map((fault) => `${path}: ${fault}`);
    inspected.push({ path, counts, faults, screenshot });
  }
  return inspected;
}

async function waitUntilLoaded(page: Page): Promise<void> {
  await page.locator("main h1").waitFor();
  await page.locator('body:not(:has([aria-busy="true"]))').waitFor();
}

function nameFile(path: string): string {
  const name = path.replace(/[?].*/, "").replaceAll(/[/:]+/g, "-").replace(/-$/, "");
  return name === "" ? "-start" : name;
}
