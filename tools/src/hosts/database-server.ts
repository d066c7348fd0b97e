/** PostgreSQL that somebody else runs; its password is a secret of the host. */
export interface DatabaseServer {
  host: string;
  port: number;
  /** May create roles and databases. */
  user: string;
  /** To connect to while those of the services are made. */
  database: string;
  /** `verify-full`; null when nothing is said. */
  sslMode: string | null;
}

const defaultPort = 5432;

export function parseDatabaseServer(text: string): DatabaseServer {
  const url = new URL(text);
  return {
    host: url.hostname,
    port: url.port === "" ? defaultPort : Number(url.port),
    user: decodeURIComponent(url.username),
    database: url.pathname.slice(1),
    sslMode: url.searchParams.get("sslmode"),
  };
}

/** As node's TLS wants it; the name is the server's, whatever way leads there. */
export function planTls({ host, sslMode }: DatabaseServer) {
  if (sslMode === null || sslMode === "disable") return false;
  return { servername: host, rejectUnauthorized: sslMode.startsWith("verify") };
}

/** What PostgreSQL's own programs read. */
export function planVariables({ host, port, user, sslMode }: DatabaseServer): readonly string[] {
  const mode = sslMode === null ? [] : [`PGSSLMODE=${sslMode}`];
  return [`PGHOST=${host}`, `PGPORT=${port}`, `PGUSER=${user}`, ...mode];
}

/** A service's own connection. */
export function formatConnection(
  { host, port, sslMode }: Omit<DatabaseServer, "user" | "database">,
  service: string,
  password: string,
): string {
  const mode = sslMode === null ? "" : `?sslmode=${sslMode}`;
  return `postgres://${service}:${password}@${host}:${port}/${service}${mode}`;
}
