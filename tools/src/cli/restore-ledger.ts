import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { LedgerCopies } from "../ledger/ledger-store.ts";
import { formatTable } from "../output/format-table.ts";
import type { Session } from "./open-session.ts";

/** Lists what the other hosts have of the ledger, or brings the first host what one of them has more. */
export async function restoreLedger(session: Session, host: string | undefined): Promise<ExitCode> {
  const copies = requireCopies(session);
  if (host === undefined) return printCopies(session, copies);
  const added = await copies.take(host);
  if (added === null) throw unknownHost(session, host);
  const { context, environment } = session;
  context.report.answer({
    document: { type: "restore", version: 1, environment: environment.name, host, added },
    text: `The ledger has ${added} records more, from the copy on ${host}`,
    advice: `See what runs: npx nx run tools:status --env=${environment.name}`,
  });
  return exitCodes.done;
}

async function printCopies(
  { context, environment }: Session,
  copies: LedgerCopies,
): Promise<ExitCode> {
  const found = await copies.list();
  context.report.answer({
    document: { type: "ledger-copies", version: 1, environment: environment.name, copies: found },
    text: formatTable(found.map(({ host, finding }) => [host, finding])),
  });
  return exitCodes.done;
}

function requireCopies({ store, environment }: Session): LedgerCopies {
  if (store.copies !== undefined) return store.copies;
  throw new SlipwayError("BACKUP_MISSING", `${environment.name} has one copy of its ledger only.`, {
    hint: "Nothing was touched. With several hosts each of them has one.",
  });
}

function unknownHost({ environment }: Session, host: string): SlipwayError {
  return new SlipwayError("BACKUP_MISSING", `${environment.name} has no other host ${host}.`, {
    hint: `Nothing was touched. See which have a copy: npx slipway restore ledger --env=${environment.name}`,
  });
}
