import { tryLockKey } from "@myaegee/database";
import { type Logger, type Loop, startLoop } from "@myaegee/service-kit";

import type { Db } from "../tables.ts";
import { deleteExpiredTokens, deleteUnconfirmedUsers } from "./delete-expired.ts";

export interface Job {
  name: string;
  everyMs: number;
  run: (db: Db) => Promise<number>;
}

const MINUTE_MS = 60_000;

export const jobs = {
  unconfirmedUsers: {
    name: "delete unconfirmed users",
    everyMs: 10 * MINUTE_MS,
    run: deleteUnconfirmedUsers,
  },
  expiredTokens: {
    name: "delete expired tokens",
    everyMs: 60 * MINUTE_MS,
    run: deleteExpiredTokens,
  },
} as const satisfies Record<string, Job>;

export function startJobs({ db, log }: { db: Db; log: Logger }): Loop[] {
  return Object.values(jobs).map((job) =>
    startLoop({
      idleMs: job.everyMs,
      onError: (error) => log.error({ job: job.name, err: error }, "job failed"),
      async run() {
        const rows = await runJob(job, db);
        log.info({ job: job.name, rows }, "job done");
        return false;
      },
    }),
  );
}

/** Of several instances one at a time: `null` when another one is at it. Else how many rows went. */
export async function runJob(job: Job, db: Db): Promise<number | null> {
  return db
    .transaction()
    .execute(async (trx) => ((await tryLockKey(trx, `job:${job.name}`)) ? job.run(trx) : null));
}
