import { expect, test } from "vitest";

import { compare, planRow } from "./compare.ts";

test("gives each peer a row of medians, with the ratio of the rounds and its spread", () => {
  const row = planRow(
    { name: "work", unit: "ms" },
    { peerName: "peer", ours: [10, 20, 10], peers: [30, 20, 50] },
  );

  expect(row).toEqual({
    name: "work",
    ours: 10,
    peer: 30,
    peerName: "peer",
    ratio: 3,
    spread: [1, 5],
    unit: "ms",
  });
});

test.each([
  [0, 0, 1],
  [0, 7, 8],
  [2, 1, 0.5],
])("when we lost %d and the peer %d, the ratio is %d", (own, peer, ratio) => {
  const row = planRow(
    { name: "work", unit: "requests lost" },
    { peerName: "peer", ours: [own], peers: [peer] },
  );

  expect(row.ratio).toBe(ratio);
});

test("each round begins with another runner, and the first round only warms up", async () => {
  const order: string[] = [];
  const run = (name: string, cost: number) => () => {
    order.push(name);
    return Promise.resolve(cost);
  };

  const rows = await compare({
    name: "work",
    unit: "ms",
    rounds: 2,
    ours: run("ours", 1),
    peers: { a: run("a", 2), b: run("b", 3) },
  });

  expect(order.join(" ")).toBe("ours a b ours a b a b ours");
  expect(rows.map(({ peerName, ratio }) => [peerName, ratio])).toEqual([
    ["a", 2],
    ["b", 3],
  ]);
});
