import { type Ref, ref, watch } from "vue";

import type { Page } from "../api/core.ts";
import type { Envelope } from "../api/envelope.ts";
import { type LoadState, useLoad } from "./use-load.ts";

export interface PagedList<T> extends LoadState<T[]> {
  query: Ref<string>;
  offset: Ref<number>;
  /** Of all pages together. */
  count: Ref<number>;
  limit: number;
}

/** A list that is searched and turned page by page; a new search starts on the first page. */
export function usePagedList<T>(
  fetchPage: (page: Page) => Promise<Envelope<T[]>>,
  limit = 50,
): PagedList<T> {
  const query = ref("");
  const offset = ref(0);
  const count = ref(0);

  const list = useLoad(async () => {
    const page = { query: query.value, limit, offset: offset.value };
    const { data, meta } = await fetchPage(page);
    count.value = meta?.count ?? data.length;
    return data;
  });

  watch([query, offset], ([newQuery], [oldQuery]) => {
    if (newQuery !== oldQuery && offset.value !== 0) offset.value = 0;
    else void list.reload();
  });

  return { ...list, query, offset, count, limit };
}
