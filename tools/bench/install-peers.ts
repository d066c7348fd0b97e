import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";

const folder = path.resolve(import.meta.dirname, "../../node_modules/.cache/slipway-bench/peers");

/** The peers that come from npm, at the versions of `peers/package.json`. Throws when npm can't fetch them. */
export async function installPeers(): Promise<(program: string) => string> {
  await mkdir(folder, { recursive: true });
  await copyFile(
    path.join(import.meta.dirname, "peers/package.json"),
    path.join(folder, "package.json"),
  );
  await execa("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], { cwd: folder });
  return (program) => path.join(folder, "node_modules/.bin", program);
}
