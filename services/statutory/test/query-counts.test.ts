import { beforeAll, describe, expect, test } from "vitest";

import { applyAs, buildEpm, buildMembersList, buildPosition, publishEvent } from "./build.ts";
import { fillDatabase } from "./routes.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory({ keepsData: true });
const { send, queries } = statutory;

/** At least two rows in each list below; nothing here writes, so all tests may share them. */
beforeAll(async () => {
  await fillDatabase(statutory);
  await publishEvent(statutory, buildEpm());
  await applyAs(statutory, 1, ["second"]);
  await applyAs(statutory, 2, ["member"]);
  await send("POST /events/1/memberslists/2", { as: "admin", body: buildMembersList() });
  await send("POST /events/1/positions", { as: "jc", body: buildPosition({ name: "Two" }) });
  await send("POST /events/1/plenaries", {
    as: "chair",
    body: { name: "Two", starts: "2030-06-01T10:00:00Z", ends: "2030-06-01T12:00:00Z" },
  });
});

describe("the number of queries does not grow with the rows", () => {
  test.each([
    ["/", 2],
    ["/events/mine", 2],
    ["/limits/agora", 1],
    ["/events/1/memberslists", 5],
    ["/events/1/memberslists/missing", 4],
    ["/events/1/positions", 5],
    ["/events/1/positions/all", 6],
    ["/events/1/plenaries", 5],
    ["/events/1/votes-amounts/antenna", 5],
    ["/events/1/votes-amounts/delegate", 5],
  ])("of %s", async (path, expected) => {
    const one = await queries.during(() => send(`GET ${path}?limit=1`, { as: "admin" }));
    const many = await queries.during(() => send(`GET ${path}`, { as: "admin" }));

    expect([one.length, many.length]).toEqual([expected, expected]);
  });
});
