import type { Browser, Page } from "playwright-core";
import Type from "typebox";
import { Value } from "typebox/value";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { leaveOut } from "../test/fixtures/require-program.ts";
import { findChromium, howToInstallChromium, launchBrowser } from "./support/browser.ts";

const InboxAnswer = Type.Object({ data: Type.Array(Type.Object({ subject: Type.String() })) });

const chromium = findChromium();
const address = inject("address");
const eventName = "Conference on Rivers of Europe";
let browser: Browser;

beforeAll(async () => {
  if (chromium !== null) browser = await launchBrowser(chromium);
});

afterAll(async () => {
  if (chromium !== null) await browser.close();
});

test("every service answers its health check through the gateway", async () => {
  const backends = ["core", "mailer", "events", "statutory", "discounts"];
  const paths = ["/healthcheck", ...backends.map((name) => `/api/${name}/healthcheck`)];

  const answers = await Promise.all(
    paths.map(async (path) => (await fetch(`${address}${path}`)).json()),
  );

  expect(answers).toMatchObject(
    ["frontend", ...backends].map((name) => ({ success: true, data: { name } })),
  );
});

test("a member logs in, applies to an event and finds the confirmation in the inbox", async (context) => {
  if (chromium === null) leaveOut(context, howToInstallChromium);
  const page = await browser.newPage();
  const faults = collectFaults(page);

  await logIn(page, "member");
  await page.goto(`${address}/events`);
  await page.getByRole("link", { name: eventName }).click();
  await page.getByRole("link", { name: /^Apply/ }).click();
  await page.getByLabel(/I agree/).check();
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByText("You have applied.").waitFor();

  await expect
    .poll(() => listSubjects("member@example.org"), { timeout: 15_000 })
    .toContainEqual(expect.stringContaining(eventName));
  await page.goto(`${address}/inbox`);
  await page.getByText(eventName).first().waitFor();
  expect(faults).toEqual([]);
  await page.close();
});

async function logIn(page: Page, username: string): Promise<void> {
  await page.goto(`${address}/login`);
  await page.getByLabel("Username or email").fill(username);
  await page.getByLabel("Password").fill("5ecret5ecret");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(/dashboard/);
}

/** Mails to this address that have reached the inbox. */
async function listSubjects(to: string): Promise<string[]> {
  const response = await fetch(`${address}/inbox/api/messages?to=${encodeURIComponent(to)}`);
  const { data } = Value.Parse(InboxAnswer, await response.json());
  return data.map(({ subject }) => subject);
}

/** Script errors and answers of 500 and above: what a person would call "broken". */
function collectFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}
