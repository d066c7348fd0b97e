import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { formatMessagePage, linkify } from "./inbox-pages.ts";
import { openInboxStore } from "./inbox-store.ts";

const mail = {
  receivedAt: "2026-11-23T10:00:00.000Z",
  from: "a@example.org",
  to: ["b@example.org"],
  subject: "Hello",
  text: "",
  html: null,
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-inbox-"));
});

afterEach(async () => await rm(folder, { recursive: true, force: true }));

test("keeps the newest mails and gives no number twice, also after a restart", async () => {
  const first = await openInboxStore(folder, { maxMessages: 2 });
  await first.add(mail);
  await first.add(mail);
  await first.add(mail);
  await writeFile(join(folder, "00000009.json"), "{ torn");

  const second = await openInboxStore(folder, { maxMessages: 2 });
  await second.add(mail);

  expect(second.list().map(({ id }) => id)).toEqual([4, 3]);
  expect((await readdir(folder)).toSorted()).toEqual([
    "00000003.json",
    "00000004.json",
    "00000009.json",
  ]);
});

test.for([
  [
    "Go to http://localhost:8080/a?b=1&c=2.",
    'Go to <a href="http://localhost:8080/a?b=1&amp;c=2" target="_blank" rel="noopener">http://localhost:8080/a?b=1&amp;c=2</a>.',
  ],
  ["<b>javascript:alert(1)</b>", "&lt;b&gt;javascript:alert(1)&lt;/b&gt;"],
])("turns %s into safe text with links", ([text, html]) => {
  expect(linkify(text ?? "")).toBe(html);
});

test("shows the sender's design in a frame without rights only", () => {
  const page = formatMessagePage({ ...mail, id: 1, html: "<script>alert(1)</script>" });

  expect(page).not.toContain("<script>");
  expect(page).toContain(
    'sandbox="allow-popups allow-popups-to-escape-sandbox" src="/inbox/1/html"',
  );
});
