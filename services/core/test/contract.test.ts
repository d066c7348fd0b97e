import { createCoreClient, type CoreClient } from "@myaegee/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";

import { serviceHeaders, startCore, type TestCore } from "./app.ts";
import { tokenOf } from "./requests.ts";

let core: TestCore;
let client: CoreClient;
beforeAll(async () => {
  core = await startCore();
  const url = await core.app.listen({ port: 0, host: "127.0.0.1" });
  client = createCoreClient({
    url,
    service: serviceHeaders["x-service"],
    token: serviceHeaders["x-service-token"],
  });
});
afterAll(() => core.app.close());

test("the client of other services reads the session of a person", async () => {
  const session = await client.fetchSession({ token: await tokenOf(core.db, "eqac") });

  expect(session?.user).toMatchObject({ id: 5, bodies: [{ id: 1 }, { id: 3 }] });
  expect(session?.permissions).toContainEqual(
    expect.objectContaining({ combined: "global:approve_event:training" }),
  );
});

test("the client reads the session of a service, and null for nobody", async () => {
  const service = { name: serviceHeaders["x-service"], token: serviceHeaders["x-service-token"] };

  expect(await client.fetchSession({ service })).toMatchObject({ user: null, service: "events" });
  expect(await client.fetchSession({ token: "nobody's" })).toBeNull();
});

test("the client reads members, their addresses, bodies and who is in them", async () => {
  expect(await client.fetchMember(4)).toMatchObject({ username: "stranger" });
  expect(await client.fetchMember(4000)).toBeNull();
  expect(await client.fetchMemberMails([2, 3, 4000])).toHaveLength(2);
  expect(await client.fetchBody("TST")).toMatchObject({ id: 1, status: "active", pays_fees: true });
  expect(await client.fetchBody(4000)).toBeNull();
  expect(await client.fetchBodies()).toHaveLength(3);
  expect(await client.fetchBodyMembers(1)).toHaveLength(11);
  expect(await client.fetchBodyMembers(1, "approve_members:agora")).toMatchObject([{ user_id: 2 }]);
  expect(await client.isReachable()).toBe(true);
});
