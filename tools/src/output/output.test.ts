import { expect, test } from "vitest";

import type { OutputStream } from "../cli/command.ts";
import { createReporter } from "./create-reporter.ts";
import { formatAge, formatDuration } from "./format-duration.ts";
import { formatLogLine } from "./format-log-line.ts";
import { createPaint } from "./paint.ts";
import { redact } from "./redact.ts";

const wishes = { json: false, quiet: false, color: true };
const step = { kind: "ensure-database", service: "core" } as const;

function createScreen(isTTY: boolean): OutputStream & { text: string } {
  return {
    isTTY,
    text: "",
    write(text) {
      this.text += text;
    },
  };
}

function report(env: Record<string, string>, isTTY: boolean): string {
  const [stdout, stderr] = [createScreen(isTTY), createScreen(isTTY)];
  const reporter = createReporter(wishes, { stdout, stderr, env });
  reporter.event({ type: "step-started", step, index: 0, total: 2 });
  reporter.event({ type: "step-done", step, durationMs: 1234 });
  reporter.event({ type: "warning", text: "disk is nearly full" });
  reporter.close();
  return stderr.text;
}

test("moves no cursor and paints nothing without a terminal", () => {
  expect(report({}, false)).toBe(
    "  ✔ core         database ready           1.2 s\n! disk is nearly full\n",
  );
});

test("shows the running step in a terminal, in colour", () => {
  const text = report({}, true);

  expect(text).toContain("\u001b[32m✔");
  expect(text).toContain("looking after its database (1/2)");
});

test.each([
  ["NO_COLOR", "1"],
  ["TERM", "dumb"],
])("paints nothing with %s=%s", (name, value) => {
  expect(report({ [name]: value }, true)).not.toContain("\u001b[3");
});

test.each([
  ["postgres://core:hunter2@127.0.0.1:5432/core", "postgres://***@127.0.0.1:5432/core"],
  ["x-service-token: abc123", "x-service-token: ***"],
  ['{"password":"hunter2"}', '{"password":"***"}'],
  ["post\u0000gres://core:hunter2@db", "postgres://***@db"],
  ["\u001b[31mred\u001b[2K", "red"],
])("keeps secrets and control characters out of %j", (text, shown) => {
  expect(redact(text)).toBe(shown);
});

test("shows a JSON log line as people read it, of an error only the message", () => {
  const line = JSON.stringify({
    level: "error",
    time: "2026-11-23T12:00:00.123Z",
    service: "core",
    err: { type: "Error", message: "no route", stack: "Error: no route\n at x" },
    msg: "not ready",
  });

  expect(formatLogLine(line, createPaint(false))).toBe(
    '12:00:00.123 error not ready err="no route"',
  );
});

test("tells times in the unit that fits", () => {
  expect([800, 12_300, 185_000].map(formatDuration)).toEqual(["0.8 s", "12 s", "3 min 5 s"]);
  expect([5000, 200_000, 9_000_000, 400_000_000].map(formatAge)).toEqual([
    "5 s ago",
    "3 min ago",
    "2 h ago",
    "4 days ago",
  ]);
});
