import { expect, test } from "vitest";
import { ref } from "vue";

import { useSearch } from "./use-search.ts";

test.each([
  ["", ["Testburg", "Musterstad"]],
  ["BURG", ["Testburg"]],
  [" must ", ["Musterstad"]],
  ["elsewhere", []],
])("%j finds %j", (typed, expected) => {
  const { words, found } = useSearch(ref(["Testburg", "Musterstad"]), (name) => name);

  words.value = typed;

  expect(found.value).toEqual(expected);
});

test("finds nothing in what is not loaded yet", () => {
  const { found } = useSearch(ref<string[] | null>(null), (name) => name);

  expect(found.value).toEqual([]);
});
