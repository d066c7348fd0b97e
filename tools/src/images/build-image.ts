import { isDeepStrictEqual } from "node:util";

import { withFileLock } from "../registries/with-file-lock.ts";
import { assembleImage } from "./assemble-image.ts";
import { buildDockerfile } from "./build-dockerfile.ts";
import type { BuildRequest, MadeImage } from "./build-request.ts";
import type { BuiltImage } from "./built-image.ts";
import { explainRebuild } from "./explain-rebuild.ts";
import { imageRecordFile, readImageRecord, writeImageRecord } from "./image-record-file.ts";
import type { ImageRecord } from "./image-record.ts";
import { isStored } from "./is-stored.ts";
import { readImageInputs, type ReadInputs } from "./read-image-inputs.ts";

/** A build of the same service by another process is waited for. */
const lockWaitMs = 5 * 60_000;

/** The image of one service: the one from last time when nothing that goes into it has changed. */
export async function buildImage(request: BuildRequest): Promise<BuiltImage> {
  const finding = await findCurrent(request);
  if (finding.image !== null) {
    return finding.image;
  }
  const lock = `${imageRecordFile(request.context.workspace, request.service.name)}.lock`;
  return withFileLock(lock, () => buildUnlessDone(request), lockWaitMs);
}

async function buildUnlessDone(request: BuildRequest): Promise<BuiltImage> {
  const finding = await findCurrent(request);
  return finding.image ?? (await build(request, finding));
}

interface Finding {
  image: BuiltImage | null;
  /** Why an image must be built. */
  reason: string;
  read: ReadInputs;
  /** What is left of the last build. */
  record: ImageRecord | null;
}

async function findCurrent(request: BuildRequest): Promise<Finding> {
  const { context, service, registry, isFresh } = request;
  const record = await readImageRecord(context.workspace, service.name);
  const known = record?.inputs ?? null;
  const read = await readImageInputs(context, service, known);
  const reason = isFresh ? "asked for" : explainRebuild(known, read.inputs);
  if (record === null || reason !== null) {
    return { image: null, reason: reason ?? "", read, record };
  }
  if (!(await isStored(registry, service.name, record.released.digest))) {
    const damage = "the stored image is missing or damaged";
    return { image: null, reason: damage, read, record: null };
  }
  if (!isDeepStrictEqual(record.inputs, read.inputs)) {
    // Files were touched without a change: the next run need not read them again.
    await writeImageRecord(context.workspace, service.name, { ...record, inputs: read.inputs });
  }
  return { image: describe(request, record, "unchanged"), reason: "", read, record };
}

async function build(request: BuildRequest, finding: Finding): Promise<BuiltImage> {
  const { context, service } = request;
  const made = await makeImage(request, finding);
  const record = planRecord(request, finding, made);
  await writeImageRecord(context.workspace, service.name, record);
  const suffix = made.isKept ? "; the content is the same" : "";
  return describe(request, record, `${finding.reason}${suffix}`);
}

function makeImage(request: BuildRequest, { read, record }: Finding): Promise<MadeImage> {
  return request.service.needs.image?.mode === "dockerfile"
    ? buildDockerfile(request, read)
    : assembleImage(request, read, record);
}

function planRecord(
  { service }: BuildRequest,
  { read }: Finding,
  { digest, imageKey, commit, layers }: MadeImage,
): ImageRecord {
  const { version, schema, needs } = service;
  const released = { version, digest, imageKey, schema, needs };
  return { inputs: read.inputs, released, commit, layers: [...layers] };
}

function describe(
  { service }: BuildRequest,
  { released, commit, layers }: ImageRecord,
  reason: string,
): BuiltImage {
  return {
    service: service.name,
    version: released.version,
    commit,
    digest: released.digest,
    imageKey: released.imageKey,
    cached: reason === "unchanged",
    reason,
    sizeBytes: layers.reduce((sum, layer) => sum + layer.sizeBytes, 0),
    layers,
    released,
  };
}
