import { findUntriedRoutes } from "@myaegee/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { buildMail, postMail, startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;
let messageId: string;

beforeAll(async () => {
  mailer = await startMailer();
  const { body } = await postMail(mailer);
  messageId = body.data.ids[0];
});

afterAll(() => mailer.stop());

/** With what a member gets who may nothing here; mails are taken from services only. */
const everyRoute = [
  ["POST", "/", 401],
  ["GET", "/templates", 403],
  ["POST", "/render", 403],
  ["GET", "/messages", 403],
  ["GET", "/messages/:id", 403],
  ["POST", "/messages/:id/retry", 403],
] as const;

describe("every route but the public ones", () => {
  test("is tried here", async () => {
    const tried = everyRoute.map(([method, path]) => `${method} ${path}`);

    expect(await findUntriedRoutes(mailer.app, tried)).toEqual([
      "GET /healthcheck",
      "GET /readiness",
      "GET /",
    ]);
  });

  test.each(everyRoute)("%s %s answers 401 without a token and with a wrong one", async (...at) => {
    const [method, path] = at;

    expect(await send(method, path)).toBe(401);
    expect(await send(method, path, "wrong")).toBe(401);
  });

  test.each(everyRoute)("%s %s answers a stranger with %i, and changes nothing", async (...at) => {
    const [method, path, status] = at;
    const before = await readMessages();

    expect(await send(method, path, "member")).toBe(status);
    expect(await readMessages()).toEqual(before);
  });
});

async function send(method: "GET" | "POST", path: string, token?: string): Promise<number> {
  const answer = await mailer.app.inject({
    method,
    url: path.replace(":id", messageId),
    headers: token === undefined ? {} : { "x-auth-token": token },
    ...(method === "POST" ? { payload: buildMail() } : {}),
  });
  return answer.statusCode;
}

function readMessages() {
  return mailer.db.selectFrom("messages").selectAll().execute();
}
