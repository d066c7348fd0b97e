/** What an artifact that refers to an image is. */
export const artifactTypes = {
  sbom: "application/vnd.cyclonedx+json",
  provenance: "application/vnd.in-toto+json",
  /** A DSSE envelope with its key's name, as cosign and sigstore read it. */
  signature: "application/vnd.dev.sigstore.bundle.v0.3+json",
} as const;
