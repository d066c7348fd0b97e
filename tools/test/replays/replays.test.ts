import path from "node:path";

import { execa } from "execa";
import { expect, test, vi } from "vitest";

import { copyWorkspace } from "../fixtures/copy-workspace.ts";

// Each compiles or tests a copy of the workspace, two files at a time on a small machine.
vi.setConfig({ testTimeout: 180_000 });

/**
 * What broke AEGEE's services in the past, once more, in a copy of this workspace. Each check passes without the patch
 * (they all are part of `npm test` and `npm run check`), so its message shows that the patch is what it objects to.
 */
const replays = [
  {
    patch: "refresh-token-kept",
    check: "vitest run --root services/frontend src/web/session/renew-tokens.test.ts",
    message: /renewing a session > stores the new pair and returns it/u,
  },
  {
    patch: "lookup-before-core",
    check: "vitest run --root tools test/workspace/contracts.test.ts",
    message: /core-client\.ts: fetchMemberMails: core does not serve GET \/members_lookup/u,
  },
  {
    patch: "login-variable",
    check: "vitest run --root tools test/workspace/contracts.test.ts",
    message: /events ended with 1 before it listened:[^]*CORE_LOGIN: is missing\./u,
  },
  {
    patch: "mail-change-template",
    check: "tsc --build services/core",
    message: /change-email\.ts\(\d+,\d+\): error TS\d+: [^\n]*"mail-change"/u,
  },
  {
    patch: "mail-change-subject",
    check: "vitest run --root services/core test/accounts.test.ts",
    message: /"subject": "MyAEGEE: Password reset"/u,
  },
  {
    patch: "notification-email-dropped",
    check: "tsc --build services/core",
    message: /error TS\d+: [^]*notification_email/u,
  },
  {
    patch: "notification-email-column",
    check: "node tools/bin/slipway.js lint-migrations",
    message: /0099_notification_email\.sql:2 drops the column users\.notification_email/u,
  },
  {
    patch: "route-moved",
    check: "vitest run --root tools test/workspace/contracts.test.ts",
    message: /api\/events\.ts:\d+: no route of events takes GET \/api\/events/u,
  },
  {
    patch: "event-type-renamed",
    check: "vitest run --root tools test/workspace/contracts.test.ts",
    message: /types that the pages offer are those that events takes[^]*network_meeting/u,
  },
] as const;

test.each(replays)("$patch is caught", async ({ patch, check, message }) => {
  const workspace = await copyWorkspace();
  await execa("git", ["apply", path.join(import.meta.dirname, `${patch}.patch`)], {
    cwd: workspace,
  });

  const { exitCode, all } = await runCheck(check, workspace);

  expect(all).toMatch(message);
  expect(exitCode).not.toBe(0);
});

async function runCheck(check: string, workspace: string) {
  const [program = "", ...argv] = check.split(" ");
  return execa(program, argv, {
    cwd: workspace,
    preferLocal: true,
    reject: false,
    all: true,
    env: { NO_COLOR: "1", FORCE_COLOR: undefined, VITEST: undefined },
  });
}
