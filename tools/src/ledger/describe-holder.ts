import { formatAge } from "../output/format-duration.ts";
import type { LeaseHolder } from "./ledger-store.ts";

/** `Ada runs "rollback" since 12 s ago (fixing sign-up; process 4711 on pc7)`. */
export function describeHolder(holder: LeaseHolder, now: Date): string {
  const age = formatAge(now.getTime() - Date.parse(holder.takenAt));
  const why = holder.reason === null ? "" : `${holder.reason}; `;
  return `${holder.actor.name} runs "${holder.command}", begun ${age} (${why}process ${holder.pid} on ${holder.host})`;
}
