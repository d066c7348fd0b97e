import { SlipwayError } from "../errors.ts";

/** A tag that nobody claimed: it was not put there by a release of this repository. */
export function foreignVersion(name: string): SlipwayError {
  return new SlipwayError(
    "VERSION_TAKEN",
    `The registry has a tag ${name} that no release of this repository has put there.`,
    { hint: "A version never changes. Add a changeset, so that the next one is released." },
  );
}

export function differentVersion(name: string, digests: { ours: string; theirs: string }) {
  return new SlipwayError(
    "VERSION_TAKEN",
    `${name} is ${digests.theirs} in the registry, but ${digests.ours} should be released as that.`,
    {
      hint: "A version never changes, so nothing was overwritten. Add a changeset for the service and release the next one.",
    },
  );
}
