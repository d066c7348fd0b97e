import { chooseHighest, isVersion } from "./choose-latest.ts";
import type {
  BranchService,
  CheckoutState,
  ReleaseFacts,
  RemoteState,
  StoredService,
} from "./release-facts.ts";
import { formatReleaseName } from "./release-plan.ts";
import type { ReleasePorts, ReleaseWish } from "./release-ports.ts";
import type { ReleasedService, ReleaseSet } from "./release-set.ts";
import { verifyCheckout } from "./verify-checkout.ts";
import { foreignVersion } from "./version-taken.ts";

/** Reads the branch and everything that should follow it. Refuses a checkout that must not be released. */
export async function readReleaseFacts(
  wish: ReleaseWish,
  ports: ReleasePorts,
): Promise<ReleaseFacts> {
  const [found, remote, newestSet] = await Promise.all([
    ports.checkout.read(),
    ports.remote.read(),
    ports.store.readNewestSet(),
  ]);
  const checkout = await verifyCheckout({ wish, found, remote }, ports);
  const stored = await Promise.all(
    checkout.services.map(async (service) => {
      const facts = { service, remote, newestSet, checkout };
      return [service.service, await readStored(facts, ports)] as const;
    }),
  );
  return {
    branch: checkout.branch ?? wish.branch,
    isMaintenance: (checkout.branch ?? wish.branch) !== wish.branch,
    how: wish.how,
    checkout,
    remote,
    newestSet,
    stored: Object.fromEntries(stored),
  };
}

interface Reading {
  service: BranchService;
  checkout: CheckoutState;
  remote: RemoteState;
  newestSet: ReleaseSet | null;
}

async function readStored(reading: Reading, ports: ReleasePorts): Promise<StoredService> {
  const { service, version } = reading.service;
  const name = formatReleaseName(service, version);
  const [tags, latest, hasRelease] = await Promise.all([
    ports.store.listVersions(service),
    ports.store.readDigest(service, "latest"),
    ports.github === null ? null : ports.github.hasRelease(name),
  ]);
  const versions = tags.filter(isVersion);
  const isReleased = versions.includes(version);
  const known = await readKnown(reading, isReleased, ports);
  if (isReleased && known === null) throw foreignVersion(name);
  const highest = await readHighest({ service, versions, known }, ports);
  return {
    versions,
    latest,
    highest,
    latestVersion: await readLatestVersion({ service, latest, highest, versions }, ports),
    known,
    isPublished: isReleased || (await isPublished(service, known, ports)),
    hasRelease,
  };
}

/** From the newest set without asking anybody; else from the claim. */
async function readKnown(
  { service: { service, version }, newestSet, remote }: Reading,
  isReleased: boolean,
  ports: ReleasePorts,
): Promise<ReleasedService | null> {
  const listed = newestSet?.services[service];
  if (listed?.version === version) return listed;
  const name = formatReleaseName(service, version);
  // Released without a claim that we know of: another release may have claimed it a moment ago.
  if (!(name in remote.claims) && !isReleased) return null;
  const [claim] = await ports.remote.readClaims([name]);
  return claim?.released ?? null;
}

interface HighestReading {
  service: string;
  versions: readonly string[];
  known: ReleasedService | null;
}

/** The registry is only asked for what the newest set does not say. */
async function readHighest(
  { service, versions, known }: HighestReading,
  { store }: ReleasePorts,
): Promise<string | null> {
  const highest = chooseHighest(versions);
  if (highest === null) return null;
  return known?.version === highest ? known.digest : store.readDigest(service, highest);
}

interface LatestReading {
  service: string;
  latest: string | null;
  highest: string | null;
  versions: readonly string[];
}

async function readLatestVersion(
  { service, latest, highest, versions }: LatestReading,
  { store }: ReleasePorts,
): Promise<string | null> {
  if (latest === null) return null;
  if (latest === highest) return chooseHighest(versions);
  return (await store.readLabels(service, latest)).version;
}

async function isPublished(
  service: string,
  known: ReleasedService | null,
  { store }: ReleasePorts,
): Promise<boolean> {
  return known !== null && (await store.readDigest(service, known.digest)) !== null;
}
