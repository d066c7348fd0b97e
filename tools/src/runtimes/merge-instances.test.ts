import { describe, expect, test } from "vitest";

import { mergeAnswers, mergeInstances } from "./merge-instances.ts";
import { mergeLines } from "./merge-lines.ts";
import type { ObservedInstance, ProbeAnswer } from "./runtime.ts";

const running: ObservedInstance = {
  id: "core-1",
  service: "core",
  version: "1.0.0",
  digest: "sha256:1",
  set: "set-1",
  run: "run-1",
  state: "running",
  address: "10.0.0.1:80",
  pid: 7,
  startedAt: "2026-11-24T00:00:00.000Z",
  restarts: 1,
  exitCode: null,
};
const exited = { ...running, state: "exited", address: null, pid: null, exitCode: 3 } as const;

describe("an instance on several hosts", () => {
  test("runs when it runs on each, at the first one's address", () => {
    const elsewhere = { ...running, address: "10.9.9.9:80", pid: 9, restarts: 2 };

    expect(mergeInstances([[running], [elsewhere]])).toEqual([{ ...running, restarts: 3 }]);
  });

  test("has ended when it has on one of them, or is missing there", () => {
    expect(mergeInstances([[running], [exited]])).toMatchObject([{ state: "exited", exitCode: 3 }]);
    expect(mergeInstances([[running], []])).toMatchObject([{ state: "exited", address: null }]);
    expect(mergeInstances([[], [running]])).toMatchObject([{ state: "exited", address: null }]);
  });

  test("is listed once, in the order of names", () => {
    const other = { ...running, id: "auth-1" };

    expect(mergeInstances([[running], [other, running]]).map(({ id }) => id)).toEqual([
      "auth-1",
      "core-1",
    ]);
  });
});

function answer(version: string, more = ""): ProbeAnswer {
  const body = `{"data":{"version":"${version}","image_digest":"sha256:1","uptime":"${more}"}}`;
  return { status: 200, headers: {}, body };
}

describe("answers of several hosts", () => {
  test("count as one when they come from the same version", () => {
    const first = answer("1.0.0", "5 s");
    const answers = [
      { host: "a", answer: first },
      { host: "b", answer: answer("1.0.0", "9 s") },
    ];

    expect(mergeAnswers(answers)).toBe(first);
  });

  test.each([
    ["silence", null, null],
    ["another status", { ...answer("1.0.0"), status: 503 }, { status: 503 }],
  ])("are %s when one host says so", (_what, bad, merged) => {
    const answers = [
      { host: "a", answer: answer("1.0.0") },
      { host: "b", answer: bad },
    ];

    const found = mergeAnswers(answers);

    expect(found === null ? null : { status: found.status }).toEqual(merged);
  });

  test("are no version's when hosts differ, whichever of them is right", () => {
    const differing = [
      { host: "a", answer: answer("1.0.0") },
      { host: "b", answer: answer("1.1.0") },
    ];

    expect(mergeAnswers(differing)?.body).toMatch(/^a: .*1\.0\.0.*\nb: .*1\.1\.0/u);
  });
});

async function* say(...lines: readonly string[]): AsyncIterable<string> {
  yield* lines;
}

test("lines of several sources all come, each source's in its order", async () => {
  const lines: string[] = [];
  for await (const line of mergeLines([say("a1", "a2"), say(), say("b1", "b2", "b3")])) {
    lines.push(line);
  }

  expect(lines.filter((line) => line.startsWith("a"))).toEqual(["a1", "a2"]);
  expect(lines.filter((line) => line.startsWith("b"))).toEqual(["b1", "b2", "b3"]);
});
