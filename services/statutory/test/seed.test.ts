import { expect, test } from "vitest";

import { seed } from "../src/seed/seed.ts";
import { buildApplication, readData } from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const { send, databaseUrl } = await startStatutory();

test("the seed opens an Agora, plans an EPM, and changes nothing when it runs again", async () => {
  await seed(databaseUrl);
  const before = (await send("GET /")).json();

  await seed(databaseUrl);

  expect((await send("GET /")).json()).toEqual(before);
  expect(before.data).toMatchObject([
    { url: "epm-musterstad", type: "epm", can_apply: false },
    { url: "agora-testburg", type: "agora", can_apply: true },
  ]);
});

test("a member applies to the seeded Agora and is on its members list", async () => {
  await seed(databaseUrl);

  const answer = await send("POST /events/latest-agora/applications", {
    as: "member",
    body: buildApplication({ answers: ["Because.", true] }),
  });

  expect(readData(answer)).toMatchObject({ statutory_id: "001-0001", is_on_memberslist: true });
});

test("the seeded antenna has votes and a position takes candidates", async () => {
  await seed(databaseUrl);

  const votes = readData(
    await send("GET /events/latest-agora/votes-amounts/antenna", { as: "member" }),
  );
  const positions = readData(await send("GET /events/latest-agora/positions", { as: "member" }));

  expect(votes).toMatchObject([{ body_id: 1, votes: 2 }]);
  expect(positions).toMatchObject([{ name: "President of AEGEE-Europe", status: "open" }]);
});
