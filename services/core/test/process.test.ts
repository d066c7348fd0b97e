import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { createDatabase } from "@myaegee/database";
import { createTestDatabase } from "@myaegee/testing";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";

import type { Tables } from "../src/tables.ts";

const main = join(import.meta.dirname, "..", "src", "main.ts");

test(
  "migrates, seeds twice, serves, and leaves nothing half-written when it is killed",
  { timeout: 120_000 },
  async () => {
    const { url } = await createTestDatabase({ template: "nothing", migrate: async () => {} });
    expect(await runToEnd("migrate", url)).toBe(0);
    expect(await runToEnd("seed", url)).toBe(0);
    expect(await runToEnd("seed", url)).toBe(0);
    const core = start("serve", url);
    const address = await readAddress(core);

    const signUps = Array.from({ length: 40 }, (_, index) => signUp(address, index));
    await Promise.race(signUps);
    core.kill("SIGKILL");
    const results = await Promise.allSettled(signUps);

    const answered = results.filter(({ status }) => status === "fulfilled").length;
    const { users, tokens, mails } = await countSignUps(url);
    expect(users).toBeGreaterThanOrEqual(answered);
    expect({ tokens, mails }).toEqual({ tokens: users, mails: users });
  },
);

test("refuses to seed where test data is not allowed", { timeout: 60_000 }, async () => {
  expect(await runToEnd("seed", "postgres://nobody@127.0.0.1:1/none", "false")).toBe(1);
});

function start(command: string, url: string, testData = "true"): ChildProcess {
  const child = spawn(process.execPath, [main, command], {
    env: {
      DATABASE_URL: url,
      TEST_DATA: testData,
      PORT: "0",
      HOST: "127.0.0.1",
      MAILER_URL: "http://127.0.0.1:9",
      SERVICE_TOKEN: "a token that only the tests know",
      SERVICE_TOKENS: JSON.stringify({ events: "a token that only the tests know" }),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

async function runToEnd(command: string, url: string, testData?: string): Promise<unknown> {
  const child = start(command, url, testData);
  child.stdout?.resume();
  const [code] = await once(child, "exit");
  return code;
}

async function readAddress(child: ChildProcess): Promise<string> {
  const found = Promise.withResolvers<string>();
  let text = "";
  child.stdout?.on("data", (chunk) => {
    text += String(chunk);
    const address = /"address":"([^"]+)"/.exec(text)?.[1];
    if (address !== undefined) {
      found.resolve(address);
    }
  });
  child.once("exit", () => found.reject(new Error(`core ended before it listened: ${text}`)));
  return found.promise;
}

async function signUp(address: string, index: number): Promise<number> {
  const answer = await fetch(`${address}/signup/default`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      username: `new-${index}`,
      email: `new${index}@example.org`,
      password: "a good password",
      first_name: "New",
      last_name: "Comer",
    }),
  });
  return answer.status;
}

async function countSignUps(url: string) {
  const db = createDatabase<Tables>({ url });
  onTestFinished(() => db.destroy());
  const { rows } = await sql<{ users: number; tokens: number; mails: number }>`
    select (select count(*) from users where username like 'new-%') as users,
           (select count(*) from mail_tokens) as tokens,
           (select count(*) from outbox) as mails`.execute(db);
  return rows[0] ?? { users: 0, tokens: 0, mails: 0 };
}
