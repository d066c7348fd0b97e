import type { BrowserContext, Page, Response } from "playwright-core";

export interface NetworkEntry {
  who: string;
  method: string;
  url: string;
  status: number;
  /** To search the logs of the services with. */
  requestId: string | null;
}

/** What a flow saw, for whoever has to find out why it failed. */
export interface Journal {
  console: string[];
  network: NetworkEntry[];
  /** Script errors and answers of 500 and above: what a person would call "broken". */
  faults: string[];
}

export function createJournal(): Journal {
  return { console: [], network: [], faults: [] };
}

/** Writes down what all windows of a person say and ask. */
export function recordWindows(context: BrowserContext, who: string, journal: Journal): void {
  context.on("console", (message) => {
    journal.console.push(`${who} ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => journal.faults.push(`${who}: ${error.error().message}`));
  context.on("response", (response) => recordAnswer(response, who, journal));
}

function recordAnswer(response: Response, who: string, journal: Journal): void {
  const status = response.status();
  const method = response.request().method();
  const url = new URL(response.url()).pathname;
  const requestId = response.headers()["x-request-id"] ?? null;
  journal.network.push({ who, method, url, status, requestId });
  if (status >= 500) journal.faults.push(`${who}: ${status} ${method} ${url} (${requestId})`);
}

export async function photograph(pages: readonly Page[]): Promise<string[]> {
  const shots = await Promise.allSettled(
    pages.map((page) => page.screenshot({ type: "jpeg", quality: 70, timeout: 5000 })),
  );
  return shots.flatMap((shot) =>
    shot.status === "fulfilled" ? [shot.value.toString("base64")] : [],
  );
}
