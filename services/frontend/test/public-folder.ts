import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** A build in small: an index page, an icon and one hashed script. */
export async function writePublicFolder(index: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "frontend-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "favicon.svg"), "<svg/>");
  await writeWithTwins(join(folder, "index.html"), index);
  await writeWithTwins(join(folder, "assets", "index-abc123.js"), "console.log(1);");
  return folder;
}

async function writeWithTwins(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await writeFile(`${path}.br`, brotliCompressSync(text));
  await writeFile(`${path}.gz`, gzipSync(text));
}
