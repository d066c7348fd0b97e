import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const runFile = promisify(execFile);

export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/** The user that PostgreSQL runs as when we are root, since it refuses root; `null` when we are somebody else. */
export async function resolveServerUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) {
    return null;
  }
  return (
    (await readUser("postgres")) ?? (await createUser("postgres")) ?? (await requireUser("nobody"))
  );
}

async function createUser(name: string): Promise<ServerUser | null> {
  try {
    await runFile("useradd", ["--system", "--no-create-home", "--user-group", name], {
      timeout: 20_000,
    });
  } catch {
    // Two runs may create the user at once, or the machine has no useradd: what counts is whether it exists now.
  }
  return readUser(name);
}

async function requireUser(name: string): Promise<ServerUser> {
  const user = await readUser(name);
  if (user === null) {
    throw new Error(
      `PostgreSQL refuses to run as root and this machine has neither a user "postgres" nor "${name}". Create one: useradd --system postgres`,
    );
  }
  return user;
}

async function readUser(name: string): Promise<ServerUser | null> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n");
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
  return uid === undefined || gid === undefined
    ? null
    : { name, uid: Number(uid), gid: Number(gid) };
}
