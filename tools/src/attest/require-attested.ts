import { SlipwayError } from "../errors.ts";
import type { Referrer } from "../registries/registry.ts";
import { artifactTypes } from "./artifact-types.ts";

interface AttestedImage {
  digest: string;
  isSigned?: boolean;
}

const names = { sbom: "SBOM", provenance: "provenance", signature: "signature" } as const;

/** Refuses an image that nobody could look into later. */
export function requireAttested(
  { digest, isSigned }: AttestedImage,
  referrers: readonly Referrer[],
): void {
  const wanted = [
    "sbom",
    "provenance",
    ...(isSigned === true ? ["signature" as const] : []),
  ] as const;
  const missing = wanted.filter(
    (kind) => !referrers.some(({ artifactType }) => artifactType === artifactTypes[kind]),
  );
  if (missing.length > 0) {
    const what = missing.map((kind) => names[kind]).join(", no ");
    throw new SlipwayError("ATTESTATION_MISSING", `Image ${digest} has no ${what}.`, {
      hint: "Nothing of it was published. Build the release again.",
    });
  }
}
