import { tryLockKey } from "@myaegee/database";
import type { Logger } from "@myaegee/service-kit";

import type { Db } from "../tables.ts";
import { deleteExpiredTokens, deleteUnconfirmedUsers } from "./delete-expired.ts";

export interface Job {
  name: string;
  everyMs: number;
  run: (db: Db) => Promise<number>;
}

const MINUTE_MS = 60_000;

export const jobs: readonly Job[] = [
  {
    name: "delete unconfirmed users",
    everyMs: 10 * MINUTE_MS,
    run: deleteUnconfirmedUsers,
  },
  { name: "delete expired tokens", everyMs: 60 * MINUTE_MS, run: deleteExpiredTokens },
];

/** Starts them; call the answer to end them, after the run in hand. */
export function startJobs({ db, log }: { db: Db; log: Logger }): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const timers = jobs.map((job) =>
    setInterval(() => {
      const run = runJob(job, { db, log }).finally(() => running.delete(run));
      running.add(run);
    }, job.everyMs).unref(),
  );
  return async () => {
    timers.forEach((timer) => clearInterval(timer));
    await Promise.all(running);
  };
}

/** Of several instances one at a time; the others skip this turn. */
export async function runJob(job: Job, { db, log }: { db: Db; log: Logger }): Promise<void> {
  try {
    await db.transaction().execute(async (trx) => {
      if (await tryLockKey(trx, `job:${job.name}`)) {
        const rows = await job.run(trx);
        log.info({ job: job.name, rows }, "job done");
      }
    });
  } catch (error) {
    log.error({ job: job.name, err: error }, "job failed");
  }
}
