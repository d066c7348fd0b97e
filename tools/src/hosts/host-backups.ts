import type { EngineClient } from "../engine/engine-client.ts";
import { SlipwayError } from "../errors.ts";
import { baseOwners } from "../runtimes/compose/plan-base.ts";
import { type ComposePlace, networkNames } from "../runtimes/compose/plan-project.ts";
import { runBaseTool } from "../runtimes/compose/run-base-tool.ts";
import { type DatabaseServer, planVariables } from "./database-server.ts";
import { superuserPasswordPath } from "./host-database.ts";
import type { Backup } from "./platform.ts";
import { runOnHost } from "./run-on-host.ts";

export interface HostBackups {
  write(service: string, backup: string): Promise<void>;
  restore(service: string, backup: string): Promise<void>;
  list(service: string): Promise<readonly Backup[]>;
  drop(service: string, backup: string): Promise<void>;
}

export interface HostBackupsOptions {
  engine: EngineClient;
  socket: string;
  place: ComposePlace;
  /** The database's own image: its tools fit its data. */
  image: string;
  /** Elsewhere; null for the container of this host. */
  server: DatabaseServer | null;
}

const limitMs = 3_600_000;
const suffix = ".dump";
const withPassword = 'export PGPASSWORD="$(cat /run/secrets/POSTGRES_PASSWORD)"; exec "$@"';

/** Logical copies of the databases, in the host's folder, by the tools of the database's image. */
export function createHostBackups(options: HostBackupsOptions): HostBackups {
  const { engine, place } = options;
  const folderOf = (service: string) => `${place.folder}/backups/${service}`;
  const fileOf = (service: string, backup: string) => `${folderOf(service)}/${backup}${suffix}`;
  return {
    async write(service, backup) {
      await prepareFolder(options, folderOf(service));
      const script = 'test -e "$0" || { pg_dump "$@" --file="$0.tmp" && mv "$0.tmp" "$0"; }';
      const dump = ["--format=custom", "--no-owner", `--dbname=${service}`];
      await runTool(options, service, ["sh", "-c", script, `/backups/${backup}${suffix}`, ...dump]);
    },
    async restore(service, backup) {
      const { exitCode } = await engine.host.run({ argv: ["test", "-e", fileOf(service, backup)] });
      if (exitCode !== 0) {
        throw new SlipwayError("BACKUP_MISSING", `There is no backup ${backup} of ${service}.`);
      }
      const flags = ["--clean", "--if-exists", "--no-owner", "--single-transaction"];
      const target = [`--role=${service}`, `--dbname=${service}`, `/backups/${backup}${suffix}`];
      await runTool(options, service, ["pg_restore", ...flags, ...target]);
    },
    async list(service) {
      const script = 'cd "$1" 2>/dev/null || exit 0; find . -name "*.dump" -printf "%T@ %s %f\\n"';
      const said = await runOnHost(engine.host, {
        argv: ["sh", "-c", script, "sh", folderOf(service)],
      });
      return parseList(said);
    },
    async drop(service, backup) {
      await runOnHost(engine.host, { argv: ["rm", "-f", fileOf(service, backup)] });
    },
  };
}

/** Whoever may read the password. */
function findOwner({ server }: HostBackupsOptions): string {
  return server === null ? baseOwners.database : baseOwners.services;
}

async function prepareFolder(options: HostBackupsOptions, folder: string): Promise<void> {
  const { engine } = options;
  const script = 'umask 077; mkdir -p "$1" && chown "$2" "$1"';
  await runOnHost(engine.host, { argv: ["sh", "-c", script, "sh", folder, findOwner(options)] });
}

async function runTool(
  options: HostBackupsOptions,
  service: string,
  argv: readonly string[],
): Promise<void> {
  const { engine, socket, place, image, server } = options;
  const variables =
    server === null ? ["PGHOST=database", "PGUSER=postgres"] : planVariables(server);
  const connection = ["env", ...variables];
  const { data, outside } = networkNames(place);
  const { exitCode, output } = await runBaseTool(
    { engine, socket, place },
    {
      image,
      argv: [...connection, "sh", "-c", withPassword, "sh", ...argv].map((part) =>
        part.replaceAll("$", "$$$$"),
      ),
      user: findOwner(options),
      network: server === null ? data : outside,
      mounts: {
        "/backups": `${place.folder}/backups/${service}`,
        "/run/secrets/POSTGRES_PASSWORD": superuserPasswordPath(place),
      },
      timeoutMs: limitMs,
    },
  );
  if (exitCode === 0) return;
  throw new SlipwayError(
    "BACKUP_FAILED",
    `The database of ${service}: ${output.at(-1) ?? "no words"}.`,
    {
      details: output.slice(-5).map((line) => `| ${line}`),
    },
  );
}

/** The newest first. */
function parseList(said: string): readonly Backup[] {
  const lines = said.split("\n").filter((line) => line !== "");
  const backups = lines.map((line) => {
    const [seconds = "", bytes = "", ...name] = line.split(" ");
    const takenAt = new Date(Number(seconds) * 1000).toISOString();
    return { name: name.join(" ").slice(0, -suffix.length), takenAt, bytes: Number(bytes) };
  });
  return backups.toSorted((left, right) => right.takenAt.localeCompare(left.takenAt));
}
