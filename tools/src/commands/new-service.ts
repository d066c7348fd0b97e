import type { CommandContext, CommandInput } from "../cli/command.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import {
  requireDescription,
  requireServiceName,
} from "../workspace/new-service/require-service-name.ts";
import { newServicePackages, planNewService } from "../workspace/plan-new-service.ts";
import { readPackageVersions } from "../workspace/read-package-lock.ts";
import { writeNewService } from "../workspace/write-new-service.ts";

/** `slipway new-service <name>`: the folder of a service that runs, to be changed into what it should be. */
export async function run(
  { workspace, report }: CommandContext,
  { flags, names }: CommandInput,
): Promise<ExitCode> {
  const name = requireServiceName(pickName(flags.name, names));
  const description = requireDescription(flags.description ?? `The service ${name}.`);
  const versions = await readPackageVersions(workspace, newServicePackages);
  const files = planNewService({ name, description, versions });
  await writeNewService(workspace, name, files);
  const folder = `services/${name}`;
  report.answer({
    document: { type: "new-service", version: 1, name, folder, files: Object.keys(files) },
    text: folder,
    advice: formatAdvice(name, Object.keys(files).length),
  });
  return exitCodes.done;
}

function pickName(flag: string | undefined, names: readonly string[]): string {
  const [name, ...others] = flag === undefined ? names : [flag, ...names];
  if (name !== undefined && others.length === 0) return name;
  throw new SlipwayError(
    "FLAGS_INVALID",
    name === undefined ? "A new service needs a name." : `One name, not also ${others.join(", ")}.`,
    { hint: "Example: npx slipway new-service room-sharing" },
  );
}

function formatAdvice(name: string, count: number): string {
  return `Wrote ${count} files. Next:

  npm install                    take it into package-lock.json
  npx nx sync                    take it into tsconfig.json
  npx vitest run --root services/${name}
  npx slipway deploy --env=local

docs/guides/add-a-service.md says what to change then.`;
}
