import { formatSearchPattern } from "@myaegee/database";
import type { Page } from "@myaegee/service-kit";
import { type RawBuilder, type SelectQueryBuilder, sql } from "kysely";

export interface PageOf<Row> {
  rows: Row[];
  count: number;
}

/** One page of what a query finds, and how much it finds in all: two statements, however many rows. */
export async function readPage<Database, Table extends keyof Database, Row>(
  query: SelectQueryBuilder<Database, Table, Row>,
  page: Page,
): Promise<PageOf<Row>> {
  const [rows, count] = await Promise.all([
    query.limit(page.limit).offset(page.offset).execute(),
    readCount(query),
  ]);
  return { rows, count };
}

async function readCount<Database, Table extends keyof Database, Row>(
  query: SelectQueryBuilder<Database, Table, Row>,
): Promise<number> {
  const all: SelectQueryBuilder<Database, Table, object> = query.clearSelect().clearOrderBy();
  const counting = all.select(sql<number>`count(*)`.as("count")).$castTo<{ count: number }>();
  const { count } = await counting.executeTakeFirstOrThrow();
  return count;
}

/** Case-insensitive substring of a `search_text` column; without a text everything matches. */
export function matchesSearch(
  table: "users" | "bodies" | "circles" | "campaigns" | "permissions",
  text: string | undefined,
): RawBuilder<boolean> {
  return text === undefined || text.trim() === ""
    ? sql<boolean>`true`
    : sql<boolean>`${sql.ref(`${table}.search_text`)} like lower(${formatSearchPattern(text.trim())})`;
}
