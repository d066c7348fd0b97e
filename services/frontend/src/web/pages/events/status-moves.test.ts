import { expect, test } from "vitest";

import type { EventStatus } from "../../api/events.ts";
import { buildEventPermissions } from "../../testing/events.ts";
import { planStatusMoves } from "./status-moves.ts";

const everything = buildEventPermissions({
  change_status: { draft: true, submitted: true, published: true },
});

test.each<[EventStatus, EventStatus[]]>([
  ["draft", ["submitted"]],
  ["submitted", ["published", "draft"]],
  ["published", ["submitted"]],
])("leads from %s to %o and nowhere else", (status, targets) => {
  expect(planStatusMoves(status, everything).map(({ to }) => to)).toEqual(targets);
});

test("offers nothing to somebody without permissions", () => {
  expect(planStatusMoves("submitted", null)).toEqual([]);
});
