import { baseOwners } from "../runtimes/compose/plan-base.ts";
import { type ComposePlace, secretPath } from "../runtimes/compose/plan-project.ts";
import type { Host } from "./host.ts";
import { readHostFile, writeHostFile } from "./run-on-host.ts";

export interface SecretsShare {
  from: { host: Host; place: ComposePlace };
  to: { host: Host; place: ComposePlace };
  /** Where the first host's database is reached by the others: `10.0.0.11:5432`. */
  database: string;
}

/** Brings another host the secrets of a service as the first has them. They pass through this process only. */
export async function shareSecrets(
  { from, to, database }: SecretsShare,
  service: string,
  names: readonly string[],
): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const path = secretPath(to.place, service, name);
      const [value, known] = await Promise.all([
        readHostFile(from.host, secretPath(from.place, service, name)),
        readHostFile(to.host, path),
      ]);
      if (value === null) return;
      const content = name === "DATABASE_URL" ? pointAt(value, database) : value;
      const owner = baseOwners.services;
      if (content !== known) await writeHostFile(to.host, { path, content, mode: "0600", owner });
    }),
  );
}

function pointAt(connection: string, database: string): string {
  const url = new URL(connection);
  url.host = database;
  return url.href;
}
