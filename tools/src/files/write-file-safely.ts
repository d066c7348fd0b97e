import { randomBytes } from "node:crypto";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

interface FileWish {
  mode?: number;
  /** Given to this user; only root may. */
  owner?: { uid: number; gid: number } | undefined;
  /** False where the content can be made again: readers still see all of it or none, but power may take it. */
  isDurable?: boolean;
}

/** After a crash at any moment the file holds either its old content or all of the new. */
export async function writeFileSafely(
  file: string,
  content: string | Uint8Array,
  wish: FileWish = {},
): Promise<void> {
  const { mode = 0o600, isDurable = true } = wish;
  const temporary = `${file}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
  try {
    const handle = await open(temporary, "wx", mode);
    try {
      await fill(handle, content, wish);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  if (isDurable) await syncFolder(dirname(file));
}

async function fill(
  handle: FileHandle,
  content: string | Uint8Array,
  { owner, isDurable = true }: FileWish,
): Promise<void> {
  await handle.writeFile(content);
  if (owner !== undefined) await handle.chown(owner.uid, owner.gid);
  if (isDurable) await handle.sync();
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
