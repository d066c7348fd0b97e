import { createPublicKey, type KeyObject } from "node:crypto";

import { bundleFromJSON } from "@sigstore/bundle";
import { toSignedEntity, Verifier } from "@sigstore/verify";
import { Type } from "typebox";
import { Check } from "typebox/value";

import { SlipwayError } from "../errors.ts";
import { fetchBlob } from "../images/fetch-blob.ts";
import { ImageManifest, parseDocument } from "../images/oci-documents.ts";
import type { ImagePlace } from "../registries/image-place.ts";
import { artifactTypes } from "./artifact-types.ts";
import { computeKeyHint } from "./sign-statement.ts";

const Statement = Type.Object({
  _type: Type.Literal("https://in-toto.io/Statement/v1"),
  predicateType: Type.Literal("https://slsa.dev/provenance/v1"),
  subject: Type.Array(Type.Object({ digest: Type.Object({ sha256: Type.String() }) })),
});

const maxBundleBytes = 4_194_304;

/** Throws SIGNATURE_INVALID unless the key has signed a provenance of exactly this image. */
export async function verifyImage(
  place: ImagePlace,
  digest: string,
  publicKey: KeyObject | string,
): Promise<void> {
  const key = typeof publicKey === "string" ? createPublicKey(publicKey) : publicKey;
  const referrers = await place.registry.listReferrers(place.repository, digest);
  const signed = referrers.filter(({ artifactType }) => artifactType === artifactTypes.signature);
  const faults: string[] = [];
  for (const each of signed) {
    const fault = findFault(await readBundle(place, each.digest), digest, key);
    if (fault === null) {
      return;
    }
    faults.push(`${each.digest}: ${fault}`);
  }
  throw new SlipwayError("SIGNATURE_INVALID", `No provenance of ${digest} is signed by that key.`, {
    details: faults.length === 0 ? ["It has no signature at all."] : faults,
    hint: "Do not deploy it. Look at who built the image, and with which key.",
  });
}

async function readBundle(
  { registry, repository }: ImagePlace,
  digest: string,
): Promise<Uint8Array | null> {
  const content = await registry.readManifest(repository, digest);
  if (content === null) {
    return null;
  }
  const [layer] = parseDocument(ImageManifest, content, digest).layers;
  return layer === undefined || layer.size > maxBundleBytes
    ? null
    : fetchBlob(registry, repository, layer);
}

function findFault(content: Uint8Array | null, digest: string, key: KeyObject): string | null {
  if (content === null) {
    return "it holds no bundle";
  }
  try {
    const bundle = bundleFromJSON(JSON.parse(new TextDecoder().decode(content)));
    createVerifier(key).verify(toSignedEntity(bundle));
    return bundle.content.$case === "dsseEnvelope"
      ? findStatementFault(bundle.content.dsseEnvelope.payload, digest)
      : "it holds no statement";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Keys are enough: what a transparency log would add needs the network. */
function createVerifier(key: KeyObject): Verifier {
  const hint = computeKeyHint(key);
  return new Verifier(
    {
      certificateAuthorities: [],
      timestampAuthorities: [],
      tlogs: [],
      ctlogs: [],
      publicKey(wanted) {
        if (wanted !== hint) {
          throw new Error(`it was signed by the key ${wanted}`);
        }
        return { publicKey: key, validFor: () => true };
      },
    },
    { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 },
  );
}

function findStatementFault(payload: Uint8Array, digest: string): string | null {
  const statement: unknown = JSON.parse(new TextDecoder().decode(payload));
  if (!Check(Statement, statement)) {
    return "its statement is no provenance";
  }
  const isAbout = statement.subject.some((each) => `sha256:${each.digest.sha256}` === digest);
  return isAbout ? null : "it speaks of another image";
}
