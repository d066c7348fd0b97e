import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startCore, type TestCore } from "./app.ts";
import { logIn, send } from "./requests.ts";

let core: TestCore;
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.app.close());

describe("POST /login", () => {
  test("answers both tokens, beside data too", async () => {
    const body = { username: "member", password: "5ecret5ecret" };
    const answer = await send(core.app, "POST /login", { body });

    expect(answer.status).toBe(200);
    expect(answer.body.access_token).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.body.refresh_token).toMatch(/^[0-9a-f]{128}$/);
    expect(answer.body.data.access_token).toBe(answer.body.access_token);
  });

  test("gives a session", async () => {
    const { access_token: token } = await logIn(core.app, "MEMBER@example.org");
    const answer = await send(core.app, "GET /session", { token });
    expect(answer.status).toBe(200);
    expect(answer.body.data.user.username).toBe("member");
  });
});
