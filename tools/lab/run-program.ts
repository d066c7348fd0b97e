import { execa } from "execa";

import { programsEnv } from "./programs.ts";

/** One command with the lab's programs in reach. */
export async function runProgram(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execa(command, args, { env: { ...programsEnv() } });
  return stdout;
}
