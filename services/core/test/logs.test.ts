import { createLog } from "@myaegee/service-kit";
import { captureLogs } from "@myaegee/testing";
import { expect, test } from "vitest";

import { startCore } from "./app.ts";
import { logIn, readMailsTo, send } from "./requests.ts";

test("no password, token or mail parameter is ever logged", async () => {
  const logs = captureLogs();
  const log = createLog({ level: "trace", service: "core", destination: logs.stream });
  const core = await startCore({ log });

  const tokens = await logIn(core.app, "member");
  await send(core.app, "GET /session", { token: tokens.access_token });
  await send(core.app, "POST /renew", { body: { refresh_token: tokens.refresh_token } });
  await send(core.app, "POST /login", { body: { username: "member", password: "a wrong secret" } });
  await send(core.app, "POST /password_reset", { body: { email: "member@example.org" } });
  const [mail] = await readMailsTo(core.db, "member@example.org");
  const reset = { token: mail?.parameters.token, password: "another secret" };
  await send(core.app, "POST /password_confirm", { body: reset });
  await core.db.destroy();
  await send(core.app, "POST /login", { body: { username: "member", password: "a last secret" } });
  await core.app.close();

  const text = logs.text();
  expect(logs.lines().filter(({ msg }) => msg === "request")).toHaveLength(7);
  expect(logs.lines().filter(({ msg }) => msg === "request failed")).toHaveLength(1);
  expect(text).not.toMatch(/secret|5ecret/);
  expect(text).not.toContain(tokens.access_token);
  expect(text).not.toContain(tokens.refresh_token);
  expect(text).not.toContain(mail?.parameters.token);
});
