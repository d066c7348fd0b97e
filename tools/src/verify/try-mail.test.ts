import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { expect, onTestFinished, test } from "vitest";

import { listenOnLoopback } from "../gateways/listen.ts";
import { tryMail } from "./try-mail.ts";

interface Site {
  signUpStatus?: number;
  /** How often the inbox is asked before the mail is there. */
  askedBefore?: number;
}

/** A front door with core's sign-up and the inbox. */
async function openSite({ signUpStatus = 200, askedBefore = 0 }: Site) {
  const asked: string[] = [];
  const signedUp: unknown[] = [];
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? "";
    if (request.method === "POST") {
      const person: unknown = JSON.parse((await request.toArray()).join(""));
      signedUp.push({ url, id: request.headers["x-request-id"], person });
      response.writeHead(signUpStatus).end('{"success":false,"message":"closed"}');
      return;
    }
    asked.push(url);
    const data = asked.length > askedBefore ? [{ subject: "Confirm your account" }] : [];
    response.end(JSON.stringify({ success: true, data }));
  }
  const place = { port: 0, host: "127.0.0.1" };
  const { port, servers } = await listenOnLoopback(
    () => createServer((...pair) => void answer(...pair)),
    place,
  );
  onTestFinished(() => servers.forEach((server) => server.close()));
  const address = `http://127.0.0.1:${port}`;
  const trip = { address, inbox: `${address}/inbox`, limitMs: 5000 };
  return { asked, signedUp, trip: { ...trip, signal: new AbortController().signal } };
}

test("signs up somebody of its own and waits until that mail is there", async () => {
  const { trip, asked, signedUp } = await openSite({ askedBefore: 2 });

  expect(await tryMail(trip)).toBeNull();

  const [person] = signedUp;
  expect(person).toMatchObject({
    url: "/api/core/signup/default",
    id: expect.stringMatching(/^verify-\w{16}$/),
    person: { email: expect.stringMatching(/^verify\.\w{16}@example\.org$/) },
  });
  expect(asked).toHaveLength(3);
  expect(asked[0]).toMatch(/^\/inbox\/api\/messages\?to=verify\.\w{16}%40example\.org$/);
});

test("says what core answered, with the request to search logs for", async () => {
  const { trip, asked } = await openSite({ signUpStatus: 503 });

  expect(await tryMail(trip)).toMatch(
    /^core answered the sign-up with 503: .*closed.* \(request verify-\w{16}\)$/,
  );
  expect(asked).toEqual([]);
});

test("says how long it has waited for a mail that does not come", async () => {
  const { trip } = await openSite({ askedBefore: Infinity });

  expect(await tryMail({ ...trip, limitMs: 100 })).toMatch(
    /^the mail about a sign-up was not in the inbox within 0\.1 s \(request verify-\w{16}\)$/,
  );
});

test("says when nothing answers", async () => {
  const { trip } = await openSite({});

  const fault = await tryMail({ ...trip, address: "http://127.0.0.1:1" });

  expect(fault).toContain("nothing answers at http://127.0.0.1:1");
});

test("ends with whoever asked", async () => {
  const { trip } = await openSite({});

  await expect(tryMail({ ...trip, signal: AbortSignal.abort() })).rejects.toThrow("aborted");
});
