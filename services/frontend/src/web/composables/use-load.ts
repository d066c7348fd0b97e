import { type Ref, ref, shallowRef } from "vue";

import { ApiError, formatFailure } from "../api/api-error.ts";

export interface LoadFailure {
  message: string;
  status: number;
}

/** Where the reading of something stands. */
export interface LoadState<T> {
  isLoading: Ref<boolean>;
  failure: Ref<LoadFailure | null>;
  data: Ref<T | null>;
  reload: () => Promise<void>;
}

/** Reads something now, and again whenever `reload` is called; the last call wins. */
export function useLoad<T>(load: () => Promise<T>): LoadState<T> {
  const isLoading = ref(true);
  const failure = shallowRef<LoadFailure | null>(null);
  const data = shallowRef<T | null>(null);
  let latest = 0;

  async function reload(): Promise<void> {
    latest += 1;
    const mine = latest;
    isLoading.value = true;
    try {
      const value = await load();
      if (mine !== latest) return;
      data.value = value;
      failure.value = null;
    } catch (error) {
      if (mine === latest) failure.value = describeFailure(error);
    } finally {
      if (mine === latest) isLoading.value = false;
    }
  }

  void reload();
  return { isLoading, failure, data, reload };
}

function describeFailure(error: unknown): LoadFailure {
  return {
    message: formatFailure(error),
    status: error instanceof ApiError ? error.status : 0,
  };
}
