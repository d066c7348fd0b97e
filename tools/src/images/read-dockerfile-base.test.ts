import { expect, test } from "vitest";

import { parseDockerfileBase } from "./read-dockerfile-base.ts";

const pinned = `docker.io/library/node:24@sha256:${"a".repeat(64)}`;

test.each([
  ["one stage", `FROM ${pinned}\nCOPY . /app\n`, pinned],
  ["flags, case and a comment", `# FROM x\nfrom --platform=linux/amd64 ${pinned} as app\n`, pinned],
  ["the last of several", `FROM golang AS build\nRUN x\nFROM ${pinned}\n`, pinned],
  ["a stage that stands on another", `FROM ${pinned} AS base\nFROM Base AS app\nUSER 1\n`, pinned],
  ["two stages between", `FROM a AS x\nFROM x AS y\nFROM b AS z\nFROM y\n`, "a"],
  ["a stage named like its image", `FROM node AS node\nFROM node\n`, "node"],
  ["nothing at all", "RUN x\n", ""],
])("finds the base below %s", (_, text, base) => {
  expect(parseDockerfileBase(text)).toBe(base);
});
