import process from "node:process";

import { runCli } from "./cli/run-cli.ts";
import { exitCodes } from "./exit-codes.ts";

const interrupted = new AbortController();

function onInterrupt(): void {
  // The first one lets the running step end and undoes what is half done; the second takes no excuses.
  // oxlint-disable-next-line unicorn/no-process-exit -- nothing may hold the second Ctrl-C up
  if (interrupted.signal.aborted) process.exit(exitCodes.interrupted);
  interrupted.abort();
}

process.on("SIGINT", onInterrupt);
process.on("SIGTERM", onInterrupt);
for (const stream of [process.stdout, process.stderr]) {
  // A reader that has seen enough (`| head`) is no failure.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const exitCode = await runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupted.signal,
});

await Promise.all([process.stdout, process.stderr].map(awaitWritten));
// All is done and said; a connection to a host that is gone would keep us for as long as it is believed in.
// oxlint-disable-next-line unicorn/no-process-exit
process.exit(exitCode);

async function awaitWritten(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write("", () => resolve());
  });
}
