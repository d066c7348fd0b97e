import { type BrowserContext, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

import { createJournal, type Journal, recordWindows } from "./journal.ts";
import type { Person } from "./people.ts";

/** What a flow acts on: browsers of several people who do not know of each other. */
export interface Stage {
  address: string;
  journal: Journal;
  /** A browser of its own, where this person (null: a stranger) is logged in. */
  enter(person: Person | null): Promise<BrowserContext>;
  /** The page at this path, as this person sees it. */
  visit(path: string, person: Person | null): Promise<Page>;
  /** All that are open. */
  pages(): Page[];
  close(): Promise<void>;
}

const waitMs = 15_000;

export async function openStage(): Promise<Stage> {
  const address = inject("address");
  const browser = await chromium.connect(inject("browser"));
  const journal = createJournal();

  async function enter(person: Person | null): Promise<BrowserContext> {
    const context = await browser.newContext({
      baseURL: address,
      locale: "en-GB",
      timezoneId: "Europe/Brussels",
      storageState: { cookies: [], origins: person === null ? [] : [planOrigin(address, person)] },
    });
    context.setDefaultTimeout(waitMs);
    recordWindows(context, person?.username ?? "stranger", journal);
    return context;
  }

  return {
    address,
    journal,
    enter,
    async visit(path, person) {
      const context = await enter(person);
      const page = await context.newPage();
      await page.goto(path);
      return page;
    },
    pages: () => browser.contexts().flatMap((context) => context.pages()),
    close: () => browser.close(),
  };
}

/** As the frontend keeps its tokens. */
function planOrigin(address: string, { tokens }: Person) {
  return {
    origin: new URL(address).origin,
    localStorage: [{ name: "myaegee.tokens", value: JSON.stringify(tokens) }],
  };
}
