import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { startCore, startCoreOn, type TestCore } from "./app.ts";
import { logIn, send } from "./requests.ts";

let core: TestCore;
let second: TestCore;
beforeAll(async () => {
  core = await startCore({ limitFactor: 0.5 });
  second = await startCoreOn(core.url, { limitFactor: 0.5 });
});
beforeEach(() => core.reset());
afterAll(async () => {
  await core.app.close();
  await second.app.close();
});

const wrong = (username: string) => ({ body: { username, password: "wrong password" } });

test("an account takes so many wrong passwords, from two instances together, and then none at all", async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      send(index % 2 === 0 ? core.app : second.app, "POST /login", wrong("member")),
    ),
  );

  expect(answers.filter(({ status }) => status === 403)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
  const right = { body: { username: "MEMBER", password: "5ecret5ecret" } };
  const refused = await send(core.app, "POST /login", right);
  expect(refused.status).toBe(429);
  expect(refused.body).toEqual({
    success: false,
    message: expect.stringMatching(/^Too many attempts\. Please try again in 15 minutes\.$/),
  });
});

test("a right password makes the wrong ones before it forgotten", async () => {
  await send(core.app, "POST /login", wrong("board"));
  await send(core.app, "POST /login", wrong("board"));
  await send(core.app, "POST /login", wrong("board"));
  await send(core.app, "POST /login", wrong("board"));
  await logIn(core.app, "board");

  expect((await send(core.app, "POST /login", wrong("board"))).status).toBe(403);
  await expect(logIn(core.app, "board")).resolves.toBeTruthy();
});

test("the window ends", async () => {
  const attempts = Array.from({ length: 6 }, () => send(core.app, "POST /login", wrong("jc")));
  await Promise.all(attempts);
  expect((await send(core.app, "POST /login", wrong("jc"))).status).toBe(429);

  await core.db
    .updateTable("rate_limits")
    .set({ resets_at: new Date(Date.now() - 1000) })
    .execute();

  await expect(logIn(core.app, "jc")).resolves.toBeTruthy();
});

test("an address asks for so many password resets, known accounts or not", async () => {
  const known = Array.from({ length: 5 }, () => reset("chair@example.org"));
  const unknown = Array.from({ length: 5 }, () => reset("nobody@example.org"));

  const statuses = (await Promise.all([...known, ...unknown])).map(({ status }) => status);

  expect(countOf(statuses.slice(0, 5), 429)).toBe(2);
  expect(countOf(statuses.slice(5), 429)).toBe(2);
});

test("an address behind the gateway is the one that the gateway names", async () => {
  const many = Array.from({ length: 31 }, (_, index) => signUpFrom("203.0.113.7", index));

  const statuses = (await Promise.all(many)).map(({ status }) => status);

  expect(statuses.filter((status) => status === 404)).toHaveLength(30);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  expect((await signUpFrom("203.0.113.8", 99)).status).toBe(404);
});

test("no account and no address stands in the table as it is", async () => {
  await send(core.app, "POST /login", wrong("treasurer"));

  const rows = await core.db.selectFrom("rate_limits").select("key").execute();
  expect(JSON.stringify(rows)).not.toContain("treasurer");
  expect(JSON.stringify(rows)).not.toContain("127.0.0.1");
});

function countOf(statuses: readonly number[], wanted: number): number {
  return statuses.filter((status) => status === wanted).length;
}

function reset(email: string) {
  return send(core.app, "POST /password_reset", { body: { email } });
}

function signUpFrom(address: string, index: number) {
  return send(core.app, "POST /signup/nowhere", {
    headers: { "x-forwarded-for": address },
    body: {
      username: `from-${index}`,
      email: `from${index}@example.org`,
      password: "a good password",
      first_name: "Far",
      last_name: "Away",
    },
  });
}
