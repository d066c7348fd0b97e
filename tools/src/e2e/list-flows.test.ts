import { resolve } from "node:path";

import { expect, test } from "vitest";

import { listFlows } from "./list-flows.ts";

const workspace = resolve(import.meta.dirname, "../../..");

test("lists every flow when none is named", async () => {
  const flows = await listFlows(workspace, []);

  expect(flows).toContain("account");
  expect(flows).toContain("two-tabs");
  expect(flows).toEqual(flows.toSorted());
});

test("keeps to the flows that are named", async () => {
  expect(await listFlows(workspace, ["status", "agora"])).toEqual(["agora", "status"]);
});

test("names all flows when an unknown one is asked for", async () => {
  await expect(listFlows(workspace, ["agoras"])).rejects.toMatchObject({
    code: "FLAGS_INVALID",
    message: 'There is no flow "agoras".',
    hint: expect.stringMatching(/^There are: account, agora, .*two-tabs\.$/u),
  });
});
