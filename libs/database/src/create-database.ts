import { Kysely, PostgresDialect } from "kysely";
import { Pool, types } from "pg";

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName?: string;
  maxConnections?: number;
  /** A statement that runs longer is cancelled. */
  statementTimeoutMs?: number;
  /** Called with the SQL of each statement; for tests and debugging. */
  onQuery?: (sql: string) => void;
  /** An idle connection broke, for instance because the server restarts. The pool opens a new one by itself. */
  onConnectionError?: (error: Error) => void;
}

/**
 * Kysely over a pool. Values come as JSON knows them: `bigint` and `numeric` as numbers,
 * `timestamptz` and `timestamp` as ISO strings in UTC, `date` as `YYYY-MM-DD`.
 */
export function createDatabase<Tables>(options: DatabaseOptions): Kysely<Tables> {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.applicationName ?? "myaegee",
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    idle_in_transaction_session_timeout: 30_000,
    types: { getTypeParser: (id: TypeId) => parsers.get(id) ?? types.getTypeParser(id) },
  });
  // Without listeners a connection that breaks ends the process: an idle one speaks through the pool,
  // one inside a transaction for itself.
  const onError = options.onConnectionError ?? (() => {});
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    ...(options.onQuery === undefined ? {} : { log: createQueryLog(options.onQuery) }),
  });
}

type TypeId = Parameters<typeof types.getTypeParser>[0];

const parsers = new Map<TypeId, (value: string) => unknown>([
  [types.builtins.INT8, parseBigint],
  [types.builtins.NUMERIC, Number],
  [types.builtins.DATE, (value) => value],
  [types.builtins.TIMESTAMPTZ, (value) => new Date(value).toISOString()],
  [types.builtins.TIMESTAMP, (value) => new Date(`${value}Z`).toISOString()],
]);

function parseBigint(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`${value} from the database is too big for a number.`);
  }
  return number;
}

function createQueryLog(onQuery: (sql: string) => void) {
  return (event: { query: { sql: string } }) => onQuery(event.query.sql);
}
