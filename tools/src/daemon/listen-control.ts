import { once } from "node:events";
import { chmod, lstat, mkdir, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { dirname } from "node:path";

/** Listens on the socket; whoever calls holds the environment's lock, so a file that is there already is left over. */
export async function listenControl(server: Server, socketPath: string): Promise<void> {
  await ensureOwnFolder(dirname(socketPath));
  await rm(socketPath, { force: true });
  server.listen(socketPath);
  await once(server, "listening");
  await chmod(socketPath, 0o600);
}

async function ensureOwnFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid } = await lstat(folder);
  // In the shared temporary folder somebody else could have made it first.
  if (uid !== process.getuid?.()) {
    throw new Error(
      `${folder} belongs to another user (${uid}), so no control socket is put there.`,
    );
  }
}
