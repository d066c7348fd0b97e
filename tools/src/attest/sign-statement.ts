import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";

import { bundleToJSON, toDSSEBundle } from "@sigstore/bundle";

import { SlipwayError } from "../errors.ts";
import { artifactTypes } from "./artifact-types.ts";

/** The private key that `SLIPWAY_SIGNING_KEY_FILE` names: Ed25519, or ECDSA over P-256. */
export async function readSigningKey(file: string): Promise<KeyObject> {
  const key = await readFile(file)
    .then((content) => createPrivateKey(content))
    // Without a cause: it may quote the key.
    .catch(() => null);
  if (key !== null && isKnownKind(key)) {
    return key;
  }
  throw new SlipwayError("CONFIG_INVALID", `${file} holds no private key that can sign.`, {
    hint: "Expected PEM, Ed25519 or ECDSA P-256, without a passphrase: openssl genpkey -algorithm ed25519 -out key.pem",
  });
}

/** The statement in an envelope with its signature, as cosign and sigstore read it (bundle v0.3). */
export function signStatement(statement: Uint8Array, key: KeyObject): Uint8Array {
  const artifactType = artifactTypes.provenance;
  const bundle = toDSSEBundle({
    artifact: Buffer.from(statement),
    artifactType,
    signature: sign(pickHash(key), formatPreAuth(artifactType, statement), key),
    keyHint: computeKeyHint(createPublicKey(key)),
  });
  return new TextEncoder().encode(JSON.stringify(bundleToJSON(bundle)));
}

/** Names a public key without showing who holds it, as cosign does. */
export function computeKeyHint(key: KeyObject): string {
  const der = key.export({ format: "der", type: "spki" });
  return createHash("sha256").update(der).digest("base64");
}

function isKnownKind(key: KeyObject): boolean {
  const isP256 = key.asymmetricKeyDetails?.namedCurve === "prime256v1";
  return key.asymmetricKeyType === "ed25519" || (key.asymmetricKeyType === "ec" && isP256);
}

function pickHash(key: KeyObject): "sha256" | null {
  return key.asymmetricKeyType === "ec" ? "sha256" : null;
}

/** What a DSSE signature covers: the type as well as the content, each with its length. */
function formatPreAuth(type: string, content: Uint8Array): Uint8Array {
  const start = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${content.byteLength} `;
  return Buffer.concat([Buffer.from(start), content]);
}
