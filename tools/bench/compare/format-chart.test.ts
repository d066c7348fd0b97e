import { expect, test } from "vitest";

import { formatChart } from "./format-chart.ts";

const row = {
  name: "a & <b>",
  peerName: "peer",
  ours: 1,
  peer: 1,
  spread: [1, 1] as const,
  unit: "ms" as const,
};

test("a bar goes right of the line when we are ahead and left when the peer is, and names are escaped", () => {
  const chart = formatChart([
    { ...row, ratio: 10 },
    { ...row, ratio: 0.1 },
  ]);

  expect(chart.match(/<rect x="([\d.]+)"/gu)).toEqual(['<rect x="616.0"', '<rect x="476.0"']);
  expect(chart).toContain("a &amp; &lt;b&gt; · peer");
  expect(chart).toContain(">0.1x<");
});
