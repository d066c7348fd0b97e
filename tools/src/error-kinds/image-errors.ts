import { exitCodes } from "../exit-codes.ts";
import type { ErrorKind } from "./error-kind.ts";

/** Of images, and of the registries that hold them. */
export const imageErrors = {
  IMAGE_BUILD_FAILED: {
    exitCode: exitCodes.failed,
    meaning:
      "The code of a service could not be bundled or packed. The message has the bundler's own words.",
  },
  IMAGE_MISSING: {
    exitCode: exitCodes.failedClean,
    meaning:
      "The registry has no image of that digest. Build it with `image`, or deploy another version.",
  },
  IMAGE_INVALID: {
    exitCode: exitCodes.failedClean,
    meaning: "A manifest, configuration or index is not what the OCI specification describes.",
  },
  IMAGE_UNSAFE: {
    exitCode: exitCodes.failedClean,
    meaning:
      "An image holds something that must not be unpacked: a path or link that leaves its folder, a device, or far more data than it claims.",
  },
  IMAGE_FOREIGN: {
    exitCode: exitCodes.failedClean,
    meaning:
      "The image needs an operating system of its own, so it can't run as a plain process. Deploy it to an environment with a container engine.",
  },
  BLOB_MISSING: {
    exitCode: exitCodes.failedClean,
    meaning: "A layer or configuration that the manifest names is not in the registry.",
  },
  DIGEST_MISMATCH: {
    exitCode: exitCodes.failedClean,
    meaning: "Stored content does not have the digest it is named by: it was damaged or replaced.",
  },
  REGISTRY_UNREACHABLE: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A registry did not answer, broke off, or is too busy, also after several attempts. Try again later; when it limits you, `docker login` helps.",
  },
  REGISTRY_DENIED: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A registry does not let us read or write that repository. Look at the name, or sign in with `docker login`.",
  },
  REGISTRY_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A registry answered something that the OCI distribution specification does not provide for. The message has its status and code.",
  },
  REGISTRY_UNSAFE: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A registry tried to send us to plain HTTP or to an address inside this network. Nothing was sent there.",
  },
  VERSION_TAKEN: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "The registry has another image under the same version. A released version never changes: raise the version with a changeset.",
  },
  ATTESTATION_MISSING: {
    exitCode: exitCodes.failedClean,
    meaning:
      "An image has no SBOM, no provenance, or no signature where a key is configured, so it is not published. Build it again.",
  },
  SIGNATURE_INVALID: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "The provenance of an image is not signed by the key that was given, or speaks of another image.",
  },
  RELEASE_SET_INVALID: {
    exitCode: exitCodes.failedClean,
    meaning: "What the registry has under the name of a release set is not that release set.",
  },
  LAYOUT_LOCKED: {
    exitCode: exitCodes.failed,
    meaning: "Another process works on the same image and does not end. The message names it.",
  },
  DEPENDENCIES_STALE: {
    exitCode: exitCodes.usage,
    meaning: "`node_modules` differs from `package-lock.json`. Run `npm ci`.",
  },
  ENGINE_MISSING: {
    exitCode: exitCodes.failed,
    meaning: "A service with its own Dockerfile needs Docker with buildx on this machine.",
  },
} as const satisfies Record<string, ErrorKind>;
