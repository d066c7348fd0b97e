import { afterEach, expect, test } from "vitest";

import {
  createCoreClient,
  createMailerClient,
  MailRefusedError,
  ServiceCallError,
} from "../src/index.ts";
import { sendJson, startNeighbour, type Neighbour } from "./start-neighbour.ts";

let neighbour: Neighbour | undefined;

afterEach(async () => {
  await neighbour?.stop();
  neighbour = undefined;
});

type Answer = Parameters<typeof startNeighbour>[0];

async function start(answer: Answer) {
  const started = await startNeighbour(answer);
  neighbour = started;
  const options = {
    url: started.url,
    service: "events",
    token: "events-token",
    requestId: () => "request-1",
    timeoutMs: 300,
  };
  return {
    neighbour: started,
    core: createCoreClient(options),
    mailer: createMailerClient(options),
  };
}

const session = { user: null, service: "mailer", permissions: [], local_permissions: [] };
const mail = {
  template: "custom",
  to: "a@example.org",
  subject: "s",
  parameters: { body: "b" },
  idempotency_key: "events:1",
};

test("asks for a person's session in the person's name alone", async () => {
  const { neighbour: other, core } = await start((_request, response) =>
    sendJson(response, 200, { success: true, data: session }),
  );

  expect(await core.fetchSession({ token: "t" })).toEqual(session);
  expect(other.calls[0]?.headers).toMatchObject({
    "x-auth-token": "t",
    "x-request-id": "request-1",
  });
  expect(other.calls[0]?.headers).not.toHaveProperty("x-service-token");
});

test("answers null for a caller that core does not know", async () => {
  const { core } = await start((_request, response) => sendJson(response, 401, { success: false }));

  expect(await core.fetchSession({ token: "t" })).toBeNull();
});

test("asks everything else as the service it is", async () => {
  const { neighbour: other, core } = await start((_request, response) =>
    sendJson(response, 200, { success: true, data: [] }),
  );

  await core.fetchMemberMails([3, 5, 3]);

  expect(other.calls).toMatchObject([
    {
      line: "GET /members_email?query=3,5",
      headers: { "x-service": "events", "x-service-token": "events-token" },
    },
  ]);
});

test("splits many ids over several questions", async () => {
  const { neighbour: other, core } = await start((_request, response) =>
    sendJson(response, 200, { success: true, data: [] }),
  );

  await core.fetchMemberMails(Array.from({ length: 1200 }, (_, id) => id));

  expect(other.calls).toHaveLength(3);
});

test("asks nobody about nobody", async () => {
  const { neighbour: other, core } = await start((_request, response) =>
    sendJson(response, 500, {}),
  );

  expect(await core.fetchMemberMails([])).toEqual([]);
  expect(other.calls).toEqual([]);
});

test("reads all pages of a body's members who hold a permission", async () => {
  const user = {
    id: 1,
    first_name: "A",
    last_name: "B",
    email: "a@b.c",
    notification_email: "a@b.c",
  };
  const member = { id: 1, user_id: 1, body_id: 7, comment: null, user };
  const { neighbour: other, core } = await start((request, response) => {
    const size = request.url?.includes("offset=0") === true ? 500 : 2;
    sendJson(response, 200, { success: true, data: Array.from({ length: size }, () => member) });
  });

  const members = await core.fetchBodyMembers(7, "approve_members:events");

  expect(members).toHaveLength(502);
  expect(other.calls[1]?.line).toBe(
    "GET /bodies/7/members?limit=500&offset=500&holds_permission%5Baction%5D=approve_members&holds_permission%5Bobject%5D=events",
  );
});

test("answers null for what core does not find", async () => {
  const { core } = await start((_request, response) => sendJson(response, 404, { success: false }));

  expect(await core.fetchBody("XYZ")).toBeNull();
  expect(await core.fetchMember(5)).toBeNull();
});

test("finds a neighbour that breaks the contract", async () => {
  const { core } = await start((_request, response) =>
    sendJson(response, 200, { success: true, data: { id: "one" } }),
  );

  await expect(core.fetchBody(1)).rejects.toThrow(
    "/bodies/1 answered 200 with data that breaks its contract.",
  );
});

test("tries a question again after a 5xx, once", async () => {
  let failures = 1;
  const { neighbour: other, core } = await start((_request, response) => {
    failures -= 1;
    sendJson(response, failures < 0 ? 200 : 503, { success: true, data: session });
  });

  expect(await core.fetchSession({ token: "t" })).toEqual(session);
  expect(other.calls).toHaveLength(2);
});

test("gives up on a neighbour that does not answer in time", async () => {
  const { core } = await start(() => {});

  await expect(core.fetchSession({ token: "t" })).rejects.toThrow(ServiceCallError);
});

test("gives up on a neighbour that is not there", async () => {
  const core = createCoreClient({ url: "http://127.0.0.1:1", service: "events", token: "t" });

  await expect(core.fetchSession({ token: "t" })).rejects.toThrow(ServiceCallError);
  expect(await core.isReachable()).toBe(false);
});

test("hands a mail over and learns its ids", async () => {
  const ids = ["6f1c1b9e-58a5-4a5c-9d07-26a84a1dc4a0"];
  const { mailer } = await start((_request, response) =>
    sendJson(response, 202, { success: true, data: { ids } }),
  );

  expect(await mailer.sendMail(mail)).toEqual({ ids });
});

test("hands a mail over under the id of the request that promised it", async () => {
  const { mailer, neighbour: other } = await start((_request, response) =>
    sendJson(response, 202, { success: true, data: { ids: [] } }),
  );

  await mailer.sendMail(mail, "of-the-person");

  expect(other.calls[0]?.headers["x-request-id"]).toBe("of-the-person");
});

test.each([
  [404, true],
  [422, true],
  [401, false],
  [429, false],
])("tells by %i whether the mailer refuses for good: %s", async (status, isFinal) => {
  const { mailer } = await start((_request, response) =>
    sendJson(response, status, { success: false, message: "no" }),
  );

  const error = await mailer.sendMail(mail).catch((cause: unknown) => cause);

  expect(error).toBeInstanceOf(MailRefusedError);
  expect(error).toMatchObject({ status, isFinal });
});
