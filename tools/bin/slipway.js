#!/usr/bin/env node
import { fileURLToPath } from "node:url";

const oldestNode = 24;

if (Number(process.versions.node.split(".")[0]) >= oldestNode) {
  const { enableCompileCache } = await import("node:module");
  // A third of a short command's time goes into reading our own code; where nothing can be kept, it is read again.
  enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/slipway", import.meta.url)));
  await import("../src/main.ts");
} else {
  process.stderr.write(
    `Slipway needs Node ${oldestNode} or newer, this is ${process.versions.node}.\n` +
      "The workspace brings it along: run `npm ci`, then `npx slipway`.\n",
  );
  process.exitCode = 2;
}
