import { existsSync } from "node:fs";

import { type BrowserServer, chromium } from "playwright-core";

const candidates = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A browser that is on this machine, or null: Playwright's own download is never used. */
export function findChromium(): string | null {
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

export const howToInstallChromium =
  "No Chromium found: install it (`apt-get install chromium`) or name it in CHROMIUM_PATH.";

/** Flows connect to it, each with windows of its own. */
export async function startBrowser(executablePath: string): Promise<BrowserServer> {
  return chromium.launchServer({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
