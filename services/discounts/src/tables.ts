import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from "kysely";

export interface Discount {
  icon: string;
  name: string;
  shortDescription: string;
  longDescription: string;
}

export interface IntegrationsTable {
  id: GeneratedAlways<number>;
  name: string;
  code: string;
  quota_period: "day" | "month" | "year";
  quota_amount: number;
  description: string;
  created_at: ColumnType<string, never, never>;
  updated_at: ColumnType<string, never, string>;
}

export interface CodesTable {
  id: GeneratedAlways<number>;
  integration_id: number;
  value: string;
  claimed_by: Generated<number | null>;
  claimed_at: Generated<string | null>;
  created_at: ColumnType<string, never, never>;
}

export interface CategoriesTable {
  id: GeneratedAlways<number>;
  name: string;
  discounts: JSONColumnType<Discount[]>;
  created_at: ColumnType<string, never, never>;
  updated_at: ColumnType<string, never, string>;
}

export interface Tables {
  integrations: IntegrationsTable;
  codes: CodesTable;
  categories: CategoriesTable;
}
