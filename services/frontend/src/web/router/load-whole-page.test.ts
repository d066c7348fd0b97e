import { beforeEach, expect, test } from "vitest";

import { loadWholePage } from "./load-whole-page.ts";

const visited: string[] = [];
const assign = (path: string) => {
  visited.push(path);
};

beforeEach(() => {
  sessionStorage.clear();
  visited.length = 0;
});

test("loads the wanted page from the server, and not again at once", () => {
  const now = 1_000_000;

  expect(loadWholePage("/events", { now, assign })).toBe(true);
  expect(loadWholePage("/events", { now: now + 500, assign })).toBe(false);

  expect(visited).toEqual(["/events"]);
});

test("does it again for the next deploy", () => {
  const now = 1_000_000;

  loadWholePage("/events", { now, assign });
  loadWholePage("/bodies", { now: now + 60_000, assign });

  expect(visited).toEqual(["/events", "/bodies"]);
});
