import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { askPlatform } from "../cli/ask-platform.ts";
import { rotateSecret, setSecret } from "../cli/change-secrets.ts";
import type { CommandContext, CommandInput, Flags } from "../cli/command.ts";
import { openSession, type Session } from "../cli/open-session.ts";
import { parseSecretName } from "../cli/parse-secret-name.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** `list`, `set service/NAME` with the value on standard input, `rotate service/NAME`. */
export async function run(
  context: CommandContext,
  { flags, names }: CommandInput,
): Promise<ExitCode> {
  const [verb = "list", name] = names;
  if (verb === "list") return printNames(await openSession(context, flags));
  if ((verb !== "set" && verb !== "rotate") || name === undefined) throw unknownWish(names);
  const secret = parseSecretName(name);
  const value = verb === "set" ? await readValue(context, flags) : null;
  const session = await openSession(context, flags);
  const changed = await runExclusively(session, {
    command: `secrets ${verb}`,
    work: (ports) =>
      value === null ? rotateSecret(secret, ports) : setSecret({ ...secret, value }, ports),
  });
  return reportChange(session, changed);
}

async function printNames(session: Session): Promise<ExitCode> {
  const { context, environment } = session;
  const secrets = await askPlatform(session, (platform) => platform.listSecrets());
  context.report.answer({
    document: { type: "secrets", version: 1, environment: environment.name, secrets },
    text: secrets.length === 0 ? `${environment.name} has no secrets yet.` : secrets.join("\n"),
  });
  return exitCodes.done;
}

function reportChange(
  { context, environment: { name } }: Session,
  changed: readonly string[],
): ExitCode {
  context.report.answer({
    document: { type: "secrets", version: 1, environment: name, changed },
    text: `Changed ${changed.join(", ")}`,
    advice: `Services learn of it when they start anew, which the next deployment does: npx nx run tools:deploy --env=${name}`,
  });
  return exitCodes.done;
}

/** Never from the command line: there every user of the machine can read it. */
async function readValue({ stdin, cwd }: CommandContext, { file }: Flags): Promise<string> {
  const text = file === undefined ? await readAll(stdin) : await readSecretFile(resolve(cwd, file));
  const value = text.replace(/\r?\n$/, "");
  if (value !== "") return value;
  throw new SlipwayError("FLAGS_INVALID", "The secret's value is empty.", {
    hint: "Nothing was touched. Give it on standard input, or name a file: --file=…",
  });
}

async function readAll(stdin: CommandContext["stdin"]): Promise<string> {
  if (stdin.isTTY === true || !isReadable(stdin)) return "";
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function isReadable(stdin: object): stdin is AsyncIterable<string | Uint8Array> {
  return Symbol.asyncIterator in stdin;
}

async function readSecretFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new SlipwayError("FLAGS_INVALID", `The file ${path} can't be read.`, { cause });
  }
}

function unknownWish(names: readonly string[]): SlipwayError {
  return new SlipwayError("FLAGS_INVALID", `secrets does not know "${names.join(" ")}".`, {
    hint: "There are: secrets list; secrets set core/API_KEY < file; secrets rotate core/SERVICE_TOKEN",
  });
}
