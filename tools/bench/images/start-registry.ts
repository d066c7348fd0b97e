import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

import { execa } from "execa";

export interface BenchRegistry extends AsyncDisposable {
  /** `127.0.0.1:port`: plain HTTP, which every client allows on loopback. */
  name: string;
}

/** The distribution project's own registry, empty. Throws where the program is missing. */
export async function startRegistry(): Promise<BenchRegistry> {
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-bench-registry-"));
  const file = path.join(folder, "config.json");
  // YAML reads JSON.
  await writeFile(
    file,
    JSON.stringify({
      version: "0.1",
      log: { accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: path.join(folder, "data") } },
      http: { addr: "127.0.0.1:0" },
    }),
  );
  const registry = execa("docker-registry", ["serve", file], { reject: false, buffer: false });
  for await (const line of createInterface({ input: registry.stderr })) {
    const port = /listening on [^ ]*:(?<port>\d+)/u.exec(line)?.groups?.["port"];
    if (port === undefined) continue;
    registry.stderr.resume();
    return {
      name: `127.0.0.1:${port}`,
      [Symbol.asyncDispose]: async () => {
        registry.kill();
        await registry;
        await rm(folder, { recursive: true, force: true });
      },
    };
  }
  throw new Error("docker-registry is not on this machine: apt-get install docker-registry");
}
