import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { createMutex } from "../../files/mutex.ts";
import { readIfPresent } from "../../files/read-if-present.ts";
import { writeFileSafely } from "../../files/write-file-safely.ts";
import type { Certificates, HaproxyHost } from "./haproxy-host.ts";

export type HaproxyFiles = Omit<HaproxyHost, "start" | "check">;

/** A gateway's folder on this machine; `seenAs` is where a container has it, when that differs. */
export function createLocalHaproxyFiles(folder: string, seenAs = folder): HaproxyFiles {
  const enter = createMutex(join(folder, "lock"));
  return {
    folder: seenAs,
    socket: join(folder, "master.sock"),
    readFile: async (name) => await readIfPresent(join(folder, name)),
    async writeFile(name, content) {
      // HAProxy may run as another user; who may enter the folder is decided by the folder's own mode.
      await writeFileSafely(join(folder, name), content, { mode: 0o644 });
    },
    async exclusively(action) {
      await mkdir(folder, { recursive: true });
      return await enter(action);
    },
    takeCertificates,
  };
}

/** On one machine HAProxy reads them where they are. */
async function takeCertificates(folder: string): Promise<Certificates | null> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".pem"));
  if (names.length === 0) return null;
  const hash = createHash("sha256");
  for (const name of names.toSorted()) hash.update(name).update(await readFile(join(folder, name)));
  return { folder, digest: hash.digest("hex") };
}
