import { flushPromises } from "@vue/test-utils";
import { expect, test } from "vitest";

import type { Page } from "../api/core.ts";
import { usePagedList } from "./use-paged-list.ts";

function startList() {
  const asked: Page[] = [];
  const list = usePagedList(async (page) => {
    asked.push(page);
    return { success: true, data: [page.offset], meta: { count: 120 } };
  }, 50);
  return { asked, list };
}

test("turns pages and knows how much there is in all", async () => {
  const { asked, list } = startList();
  await flushPromises();

  list.offset.value = 50;
  await flushPromises();

  expect(asked.at(-1)).toEqual({ query: "", limit: 50, offset: 50 });
  expect(list.data.value).toEqual([50]);
  expect(list.count.value).toBe(120);
});

test("starts a new search on the first page, with one request", async () => {
  const { asked, list } = startList();
  list.offset.value = 100;
  await flushPromises();
  const before = asked.length;

  list.query.value = "mia";
  await flushPromises();

  expect(asked.slice(before)).toEqual([{ query: "mia", limit: 50, offset: 0 }]);
});
