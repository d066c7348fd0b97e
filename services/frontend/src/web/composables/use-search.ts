import { computed, type ComputedRef, ref, type Ref } from "vue";

/** What a person typed, and the rows that have it. */
export interface Search<T> {
  words: Ref<string>;
  found: ComputedRef<T[]>;
}

/** Narrows rows that are already here, whatever the case of the letters; no words find every row. */
export function useSearch<T>(
  rows: Readonly<Ref<readonly T[] | null>>,
  describe: (row: T) => string,
): Search<T> {
  const words = ref("");
  const found = computed(() => {
    const wanted = words.value.trim().toLowerCase();
    return (rows.value ?? []).filter((row) => describe(row).toLowerCase().includes(wanted));
  });
  return { words, found };
}
