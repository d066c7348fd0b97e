import type { Page } from "./page-query.ts";

export function ok<Data>(data: Data) {
  return { success: true as const, data };
}

export function okMessage(message: string) {
  return { success: true as const, message };
}

/** One page of a list; `count` is the number of all that match. */
export function okPage<Row>(rows: Row[], count: number, page: Page) {
  return {
    success: true as const,
    data: rows,
    meta: { count, offset: page.offset, limit: page.limit },
  };
}
