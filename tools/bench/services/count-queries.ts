import { stat, open } from "node:fs/promises";

import { runSql, type Stack } from "./start-stack.ts";

/** What jobs in the background say all the time, and what frames a transaction. */
const noise = /skip locked|outbox|advisory|log_statement|: (?:begin|commit|start|set) ?/i;

/** Makes PostgreSQL write each statement to its log, or stops that again. */
export async function logStatements(stack: Stack, which: "all" | "none"): Promise<void> {
  const url = stack.databaseUrl("postgres");
  await runSql(url, `alter system set log_statement = '${which}'`);
  await runSql(url, "select pg_reload_conf()");
}

/** How many statements a service sends to its own database while `run` runs. */
export async function countQueries(
  stack: Stack,
  service: string,
  run: () => Promise<unknown>,
): Promise<number> {
  const { size } = await stat(stack.postgresLog);
  await run();
  const log = await readFrom(stack.postgresLog, size);
  return log
    .split("\n")
    .filter((line) => line.startsWith(`${service}|`) && /LOG: {2}(?:execute|statement)/.test(line))
    .filter((line) => !noise.test(line)).length;
}

async function readFrom(file: string, position: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(size - position),
      position,
    });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
