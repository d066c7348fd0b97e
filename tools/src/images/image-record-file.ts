import { mkdir } from "node:fs/promises";
import path from "node:path";

import { writeFileAtomically } from "../registries/write-file-atomically.ts";
import { readJsonFile } from "../workspace/read-json-file.ts";
import { imageCacheFolder } from "./image-folders.ts";
import { ImageRecord } from "./image-record.ts";

export function imageRecordFile(workspace: string, service: string): string {
  return path.join(imageCacheFolder(workspace), `${service}.json`);
}

/** Null when there is none, or one of another builder. */
export async function readImageRecord(
  workspace: string,
  service: string,
): Promise<ImageRecord | null> {
  return readJsonFile(ImageRecord, imageRecordFile(workspace, service));
}

export async function writeImageRecord(
  workspace: string,
  service: string,
  record: ImageRecord,
): Promise<void> {
  const file = imageRecordFile(workspace, service);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomically(file, JSON.stringify(record));
}
