#!/usr/bin/env node
const oldestNode = 24;

if (Number(process.versions.node.split(".")[0]) >= oldestNode) {
  await import("../src/main.ts");
} else {
  process.stderr.write(
    `Slipway needs Node ${oldestNode} or newer, this is ${process.versions.node}.\n` +
      "The workspace brings it along: run `npm ci`, then `npx slipway`.\n",
  );
  process.exitCode = 2;
}
