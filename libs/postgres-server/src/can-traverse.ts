import { stat } from "node:fs/promises";
import { dirname } from "node:path";

import type { ServerUser } from "./server-user.ts";

/** Whether this user may enter the folder and every folder above it. Folders that do not exist yet do not count. */
export async function canTraverse(folder: string, user: ServerUser): Promise<boolean> {
  if (!(await mayEnter(folder, user))) {
    return false;
  }
  const parent = dirname(folder);
  return parent === folder || canTraverse(parent, user);
}

async function mayEnter(folder: string, user: ServerUser): Promise<boolean> {
  try {
    const { mode, uid, gid } = await stat(folder);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    return ((mode >> shift) & 1) === 1;
  } catch {
    return true;
  }
}
