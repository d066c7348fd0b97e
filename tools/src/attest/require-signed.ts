import { createPublicKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";

import { SlipwayError } from "../errors.ts";
import { mapBounded } from "../images/map-bounded.ts";
import type { Registry } from "../registries/registry.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import { verifyImage } from "./verify-image.ts";

const parallelChecks = 4;

/** Throws SIGNATURE_INVALID unless the key in the file has signed every image of the set. Repositories are named by service. */
export async function requireSigned(
  registry: Registry,
  { services }: ReleaseSet,
  publicKeyFile: string,
): Promise<void> {
  const key = await readPublicKey(publicKeyFile);
  await mapBounded(Object.entries(services), parallelChecks, ([repository, { digest }]) =>
    verifyImage({ registry, repository }, digest, key),
  );
}

async function readPublicKey(file: string): Promise<KeyObject> {
  try {
    return createPublicKey(await readFile(file));
  } catch (cause) {
    throw new SlipwayError("CONFIG_INVALID", `${file} holds no public key.`, {
      cause,
      hint: "Nothing was touched. Expected PEM: openssl pkey -in key.pem -pubout. The setting is release.publicKey in tools/slipway.yaml.",
    });
  }
}
