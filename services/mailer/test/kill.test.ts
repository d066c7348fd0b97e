import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

import { afterEach, beforeEach, expect, test } from "vitest";

import { postMail, serviceTokens, startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;
let child: ChildProcess | undefined;

beforeEach(async () => {
  mailer = await startMailer();
});

afterEach(async () => {
  child?.kill("SIGKILL");
  await mailer.stop();
});

/** The real process, as the image runs it. */
function start(): ChildProcess {
  child = spawn(process.execPath, [`${import.meta.dirname}/../src/main.ts`, "serve"], {
    env: {
      DATABASE_URL: mailer.url,
      CORE_URL: mailer.core.url,
      SMTP_URL: mailer.sink.url,
      SERVICE_TOKEN: "mailer-token-0123456789",
      SERVICE_TOKENS: JSON.stringify(serviceTokens),
      HOST: "127.0.0.1",
      PORT: "0",
      LEASE_SECONDS: "1",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return child;
}

async function kill(running: ChildProcess): Promise<void> {
  running.kill("SIGKILL");
  await once(running, "exit");
}

async function readStatuses(): Promise<string[]> {
  const rows = await mailer.db.selectFrom("messages").select("status").execute();
  return rows.map(({ status }) => status);
}

test("a kill after the SMTP server has the mail costs one duplicate with the same id, no loss", async () => {
  const release = mailer.sink.hold();
  await postMail(mailer);
  const first = start();
  await mailer.sink.waitFor(() => true, 20_000);

  await kill(first);
  release();
  start();

  await expect.poll(readStatuses, { timeout: 20_000 }).toEqual(["sent"]);
  expect(mailer.sink.messages).toHaveLength(2);
  expect(new Set(mailer.sink.messages.map(({ headers }) => headers.get("message-id"))).size).toBe(
    1,
  );
}, 60_000);

test("a kill while mails wait loses none", async () => {
  mailer.sink.refuseNext(3);
  await postMail(mailer, { to: ["a@example.org", "b@example.org", "c@example.org"] });
  const first = start();
  await expect
    .poll(async () => (await readStatuses()).includes("queued"), { timeout: 20_000 })
    .toBe(true);

  await kill(first);
  await mailer.db
    .updateTable("messages")
    .set({ next_attempt_at: new Date().toISOString() })
    .execute();
  start();

  await expect.poll(readStatuses, { timeout: 20_000 }).toEqual(["sent", "sent", "sent"]);
  expect(new Set(mailer.sink.messages.flatMap(({ to }) => to)).size).toBe(3);
}, 60_000);
