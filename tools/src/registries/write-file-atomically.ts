import { writeFileSafely } from "../files/write-file-safely.ts";

/** Readers see the old content or the new, never a part. What is written so is named by its content or can be made again. */
export async function writeFileAtomically(
  file: string,
  content: Uint8Array | string,
): Promise<void> {
  await writeFileSafely(file, content, { mode: 0o644, isDurable: false });
}
