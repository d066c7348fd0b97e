import type { CommandContext, CommandInput } from "../cli/command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { selectServices } from "../images/select-services.ts";
import { lintMigration } from "../migrations/lint-migration.ts";
import { readMigrations } from "../migrations/read-migrations.ts";
import { formatMigrationFaults } from "../output/format-migration-faults.ts";

/** Whether the version before runs on the schema that the services' migrations make. */
export async function run(
  { workspace, report }: CommandContext,
  { names }: CommandInput,
): Promise<ExitCode> {
  const services = await selectServices(workspace, names.length > 0 ? names : undefined);
  const migrations = await readMigrations(
    workspace,
    services.map(({ name }) => name),
  );
  const faults = (await Promise.all(migrations.map(lintMigration))).flat();
  report.answer({
    document: { type: "migration-faults", version: 1, checked: migrations.length, faults },
    text: formatMigrationFaults(faults, migrations.length),
  });
  return faults.some(({ level }) => level === "error") ? exitCodes.gateRefused : exitCodes.done;
}
