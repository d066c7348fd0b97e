import { expect, test } from "vitest";

import { planDaemonPaths, planOwnerId } from "./daemon-paths.ts";

test("puts the control socket into the state folder", () => {
  expect(planDaemonPaths("/w/.slipway/local").socket).toBe("/w/.slipway/local/daemon.sock");
});

test("puts it elsewhere when the path would be longer than a socket's may be", () => {
  const folder = `/${"deep/".repeat(30)}`;

  expect(planDaemonPaths(folder).socket).toMatch(/^\/tmp\/slipway-\d+\/[0-9a-f]{16}\.sock$/);
});

test("tells the environments of two folders apart", () => {
  expect(planOwnerId("/a/.slipway/local")).not.toBe(planOwnerId("/b/.slipway/local"));
});
