import { askPlatform } from "../cli/ask-platform.ts";
import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession, type Session } from "../cli/open-session.ts";
import { requireReason } from "../cli/require-reason.ts";
import { restoreLedger } from "../cli/restore-ledger.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { settleOpenRun } from "../cli/settle-open-run.ts";
import type { RunPorts } from "../deploy/run-ports.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { Backup } from "../hosts/platform.ts";
import { formatAge } from "../output/format-duration.ts";
import { formatTable } from "../output/format-table.ts";

/** Lists the backups of a service, or of the ledger, or brings one back; data that is there is backed up before. */
export async function run(
  context: CommandContext,
  { flags, names }: CommandInput,
): Promise<ExitCode> {
  const [service] = names;
  if (service === undefined) {
    throw new SlipwayError("FLAGS_INVALID", "restore wants the name of a service.", {
      hint: "For example: npx slipway restore core",
    });
  }
  const { backup } = flags;
  if (backup !== undefined) requireReason(flags, "restore replaces data");
  const session = await openSession(context, flags);
  if (service === "ledger") return restoreLedger(session, backup);
  if (backup === undefined) return printBackups(session, service);
  return runExclusively(session, {
    command: "restore",
    work: (ports) => restore(session, { service, backup }, ports),
  });
}

async function printBackups(session: Session, service: string): Promise<ExitCode> {
  const { context, environment } = session;
  const backups = await askPlatform(session, (platform) => platform.listBackups(service));
  const now = context.adapters.clock.now();
  const rows = backups.map((backup) => formatBackup(backup, now));
  context.report.answer({
    document: { type: "backups", version: 1, environment: environment.name, service, backups },
    text: rows.length === 0 ? `There is no backup of ${service}.` : formatTable(rows),
  });
  return exitCodes.done;
}

function formatBackup({ name, takenAt, bytes }: Backup, now: Date): readonly string[] {
  const age = formatAge(now.getTime() - Date.parse(takenAt));
  return [name, age, `${(bytes / 1e6).toFixed(1)} MB`];
}

async function restore(
  { context, environment }: Session,
  { service, backup }: { service: string; backup: string },
  ports: RunPorts,
): Promise<ExitCode> {
  await settleOpenRun(environment.policy.confirm, ports);
  const { ledger, platform } = ports;
  const saved = `before-record-${ledger.state().seq + 1}`;
  await platform.backUp(service, saved);
  await platform.restoreBackup(service, backup);
  await ledger.append({ event: "backup-restored", data: { service, backup } });
  context.report.answer({
    document: {
      type: "restore",
      version: 1,
      environment: environment.name,
      service,
      backup,
      saved,
    },
    text: `${service} has the data of ${backup} again`,
    advice: `What was there is kept as ${saved}. Its schema is that of the backup: bring the version of then back with tools:rollback --service=${service}, or migrate again with tools:deploy.`,
  });
  return exitCodes.done;
}
