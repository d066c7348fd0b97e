import { mkdir, readdir, symlink } from "node:fs/promises";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const ownScope = "@myaegee";

/** Gives a folder this workspace's packages from npm; its own libraries it has itself. */
export async function linkPackages(folder: string): Promise<void> {
  const from = path.join(root, "node_modules");
  const to = path.join(folder, "node_modules");
  await mkdir(path.join(to, ownScope), { recursive: true });
  const names = (await readdir(from)).filter((name) => !/^\.(?!bin$|package-lock)/u.test(name));
  await Promise.all(
    names
      .filter((name) => name !== ownScope)
      .map((name) => symlink(path.join(from, name), path.join(to, name))),
  );
  const libraries = await readdir(path.join(folder, "libs")).catch(() => []);
  await Promise.all(
    libraries.map((name) => symlink(`../../libs/${name}`, path.join(to, ownScope, name))),
  );
}
