import { findTableScans } from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { leaseNextMessage, markSent } from "../src/delivery/delivery.repository.ts";
import { purgeSent } from "../src/purge/purge-sent.ts";
import { postMail, startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;
let messageId: string;

beforeAll(async () => {
  mailer = await startMailer();
  const { body } = await postMail(mailer);
  messageId = body.data.ids[0];
});

afterAll(() => mailer.stop());

test.each([
  "/messages",
  "/messages?status=queued",
  "/messages?template=confirm_email",
  "/messages?to=mara@example.org",
  "/messages/:id",
])("an index serves each statement of GET %s", async (path) => {
  const statements = await mailer.queries.during(() => get(path));

  expect(statements).not.toHaveLength(0);
  expect(await findTableScans(mailer.url, statements)).toEqual([]);
});

test.each([
  ["the acceptance of a mail", () => postMail(mailer, { idempotency_key: "a-key" })],
  ["the same mail again", () => postMail(mailer, { idempotency_key: "a-key" })],
  ["the search for what is due", () => leaseNextMessage(mailer.db, 1000)],
  ["the note that a mail was sent", () => markSent(mailer.db, messageId)],
  ["the deletion of old ones", () => purgeSent(mailer.db, { keepDays: 90 })],
] as const)("an index serves %s", async (_what, run) => {
  const statements = await mailer.queries.during(run);

  expect(statements).not.toHaveLength(0);
  expect(await findTableScans(mailer.url, statements)).toEqual([]);
});

function get(path: string) {
  return mailer.app.inject({
    url: path.replace(":id", messageId),
    headers: { "x-auth-token": "admin" },
  });
}
