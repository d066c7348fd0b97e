import Type from "typebox";

import type { EngineClient } from "./engine-client.ts";
import { parseLogStream } from "./parse-log-stream.ts";

const Created = Type.Object({ Id: Type.String() });
const Ended = Type.Object({ ExitCode: Type.Union([Type.Integer(), Type.Null()]) });

export interface ExecResult {
  exitCode: number;
  output: readonly string[];
}

/** Runs a program beside the one of a running container; null when there is no such container. */
export async function execInContainer(
  engine: EngineClient,
  name: string,
  argv: readonly string[],
): Promise<ExecResult | null> {
  const created = await engine.call(Created, {
    method: "POST",
    path: `/containers/${encodeURIComponent(name)}/exec`,
    body: { Cmd: argv, AttachStdout: true, AttachStderr: true },
  });
  if (created === null) return null;
  const answer = await engine.open({
    method: "POST",
    path: `/exec/${created.Id}/start`,
    body: { Detach: false, Tty: false },
  });
  const output: string[] = [];
  if (answer !== null) for await (const line of parseLogStream(answer)) output.push(line);
  const ended = await engine.call(Ended, { path: `/exec/${created.Id}/json` });
  return { exitCode: ended?.ExitCode ?? -1, output };
}
