import { SlipwayError } from "../errors.ts";
import { claimVersions, findClaims } from "./claim-versions.ts";
import { createReleaseSet } from "./create-release-set.ts";
import { formatReleaseNote, formatVersionRequest } from "./format-release-note.ts";
import { moveLatest } from "./move-latest.ts";
import type { ReleaseFacts } from "./release-facts.ts";
import { formatReleaseName, type ReleaseStep } from "./release-plan.ts";
import type { ReleasePorts } from "./release-ports.ts";
import type { ReleasedService } from "./release-set.ts";
import type { ReleaseWork } from "./release-work.ts";
import { differentVersion } from "./version-taken.ts";

/** Does one step and returns what is worth saying about it. Doing it again changes nothing. */
// oxlint-disable-next-line complexity -- one line a kind; the compiler finds a forgotten one
export async function runReleaseStep(
  step: ReleaseStep,
  work: ReleaseWork,
  ports: ReleasePorts,
): Promise<string> {
  switch (step.kind) {
    case "write-versions":
      return writeVersionRequest(step, work, ports);
    case "build":
      return build(step, work, ports);
    case "publish":
      return publish(step, work, ports);
    case "claim":
      return claimVersions(step.names, work, ports);
    case "tag-image":
      return tagImage(step, work, ports);
    case "write-set":
      return writeSet(work, ports);
    case "tag-commit":
      await ports.remote.pushTags(await findClaims(step.names, work, ports));
      return "";
    case "create-release":
      return createRelease(step.name, work, ports);
    case "move-latest":
      return moveLatest(step.service, ports.store);
  }
}

async function writeVersionRequest(
  { versions }: ReleaseStep & { kind: "write-versions" },
  work: ReleaseWork,
  { checkout, remote, github }: ReleasePorts,
): Promise<string> {
  if (github === null) {
    throw new SlipwayError("CONFIG_INVALID", "A version pull request needs GitHub.", {
      hint: "Name the repository in tools/slipway.yaml: release: { github: owner/name }",
    });
  }
  const branch = await remote.pushVersionBranch(await checkout.writeVersions());
  const request = formatVersionRequest(versions);
  const url = await github.writeVersionRequest({ branch, base: work.facts.branch, ...request });
  work.versionRequest = url;
  return url;
}

async function build(
  { services }: ReleaseStep & { kind: "build" },
  work: ReleaseWork,
  { images }: ReleasePorts,
): Promise<string> {
  const built = await images.build(services, work.facts.checkout.commit);
  for (const service of services) {
    const released = built[service];
    if (released === undefined) throw new Error(`No image of ${service} was built.`);
    work.built.set(service, withChangelog(service, released, work.facts));
  }
  return "";
}

function withChangelog(
  service: string,
  released: ReleasedService,
  { checkout }: ReleaseFacts,
): ReleasedService {
  const changelog = checkout.services.find((each) => each.service === service)?.changelog ?? "";
  return released.published === undefined
    ? released
    : { ...released, published: { ...released.published, changelog } };
}

async function publish(
  { service }: ReleaseStep & { kind: "publish" },
  work: ReleaseWork,
  { images }: ReleasePorts,
): Promise<string> {
  const released = work.built.get(service);
  if (released === undefined) throw new Error(`${service} is published before it is built.`);
  const sentBytes = await images.publish(service, released);
  work.sentBytes += sentBytes;
  return `${released.digest.slice(0, 19)}, ${formatBytes(sentBytes)} sent`;
}

async function tagImage(
  { service, version }: ReleaseStep & { kind: "tag-image" },
  work: ReleaseWork,
  ports: ReleasePorts,
): Promise<string> {
  const name = formatReleaseName(service, version);
  const [claim] = await findClaims([name], work, ports);
  if (claim === undefined) throw new Error(`${name} is tagged before it is claimed.`);
  const { digest, imageKey } = claim.released;
  const before = await ports.store.readDigest(service, version);
  if (before === digest) return "was there";
  if (before === null) await ports.store.putTag(service, digest, version);
  const after = await ports.store.readDigest(service, version);
  if (after === digest) return "";
  const theirs = after === null ? null : await ports.store.readLabels(service, after);
  if (theirs?.imageKey === imageKey) return "was there, made of the same";
  throw differentVersion(name, { ours: digest, theirs: after ?? "gone" });
}

async function writeSet(work: ReleaseWork, ports: ReleasePorts): Promise<string> {
  const { checkout, stored, isMaintenance } = work.facts;
  const entries = await Promise.all(
    checkout.services.map(async ({ service, version }) => {
      const known = stored[service]?.known;
      const name = formatReleaseName(service, version);
      const isClaimed = work.claims.has(name) || known === null || known === undefined;
      const [claim] = isClaimed ? await findClaims([name], work, ports) : [];
      return [service, claim?.released ?? known] as const;
    }),
  );
  const services = entries.flatMap(([service, released]) =>
    released === null || released === undefined ? [] : [[service, released] as const],
  );
  const set = createReleaseSet(checkout.commit, Object.fromEntries(services));
  work.set = set;
  await ports.store.putSet(set, isMaintenance ? null : checkout.sequence);
  return set.id;
}

async function createRelease(
  name: string,
  work: ReleaseWork,
  ports: ReleasePorts,
): Promise<string> {
  const [claim] = await findClaims([name], work, ports);
  if (ports.github === null || claim === undefined) return "";
  const outcome = await ports.github.createRelease(formatReleaseNote(claim, work.set));
  return outcome === "present" ? "was there" : "";
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
