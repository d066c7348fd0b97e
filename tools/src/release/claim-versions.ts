import { SlipwayError } from "../errors.ts";
import type { Claim } from "./release-facts.ts";
import { formatReleaseName } from "./release-plan.ts";
import type { ReleasePorts } from "./release-ports.ts";
import type { ReleaseWork } from "./release-work.ts";

/**
 * Says on the git server which image each version is. A registry lets two releases overwrite one another's tags,
 * a git server lets only one create a reference: so the first claim holds, and both go on with it.
 */
export async function claimVersions(
  names: readonly string[],
  work: ReleaseWork,
  ports: ReleasePorts,
): Promise<string> {
  const wanted = names.map((name) => planClaim(name, work));
  const held = await ports.remote.claim(wanted);
  for (const claim of held) {
    await requirePublished(claim, ports);
    work.claims.set(claim.name, claim);
  }
  const others = held.filter(
    ({ released }) => !wanted.some((claim) => claim.released.digest === released.digest),
  );
  return others.length === 0
    ? ""
    : `another release was first with ${others.map(({ name }) => name).join(", ")}`;
}

function planClaim(name: string, { built, facts }: ReleaseWork): Claim {
  const found = facts.checkout.services.find(
    ({ service, version }) => formatReleaseName(service, version) === name,
  );
  const released = found === undefined ? undefined : built.get(found.service);
  if (found === undefined || released === undefined) {
    throw new Error(`${name} is claimed before it is built.`);
  }
  return {
    name,
    service: found.service,
    commit: released.published?.commit ?? facts.checkout.commit,
    released,
  };
}

/** The claims of these names: from this run, or from an earlier one that ended half-way. */
export async function findClaims(
  names: readonly string[],
  work: ReleaseWork,
  { remote }: ReleasePorts,
): Promise<readonly Claim[]> {
  const missing = names.filter((name) => !work.claims.has(name));
  if (missing.length > 0) {
    for (const claim of await remote.readClaims(missing)) work.claims.set(claim.name, claim);
  }
  return names.map((name) => work.claims.get(name) ?? restoreClaim(name, work));
}

/** A claim that somebody deleted: the newest set says the same. */
function restoreClaim(name: string, { facts }: ReleaseWork): Claim {
  const found = facts.checkout.services.find(
    ({ service, version }) => formatReleaseName(service, version) === name,
  );
  const released = found === undefined ? null : facts.stored[found.service]?.known;
  if (found === undefined || released === null || released === undefined) {
    throw new SlipwayError("CLAIM_LOST", `Nobody knows which image ${name} is.`, {
      hint: "Add a changeset for the service and release the next version.",
    });
  }
  const commit = released.published?.commit ?? facts.checkout.commit;
  return { name, service: found.service, commit, released };
}

async function requirePublished(
  { name, service, released }: Claim,
  { store }: ReleasePorts,
): Promise<void> {
  if ((await store.readDigest(service, released.digest)) !== null) return;
  throw new SlipwayError(
    "CLAIM_LOST",
    `${name} was claimed as ${released.digest}, which the registry has no more.`,
    {
      hint: `If it was released to another registry, copy it from there: skopeo copy --all --preserve-digests docker://<old>/${service}@${released.digest} docker://<new>/${service}. If nobody saw that version yet, give it free and run this again: git push origin :refs/slipway/released/${name}`,
    },
  );
}
