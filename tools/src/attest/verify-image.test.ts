import { generateKeyPairSync } from "node:crypto";

import { expect, test } from "vitest";

import { createFakeRegistry } from "../../test/fakes/fake-registry.ts";
import { computeDigest } from "../images/digest.ts";
import { writeArtifact } from "../images/write-artifact.ts";
import { artifactTypes } from "./artifact-types.ts";
import { signStatement } from "./sign-statement.ts";
import { verifyImage } from "./verify-image.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const digest = computeDigest("image");
const subject = { mediaType: "application/vnd.oci.image.index.v1+json", digest, size: 9 };

test("accepts a provenance of this image by this key, also as PEM", async () => {
  const place = await attach(sign({ digest }));
  const pem = String(publicKey.export({ type: "spki", format: "pem" }));

  await expect(verifyImage(place, digest, publicKey)).resolves.toBeUndefined();
  await expect(verifyImage(place, digest, pem)).resolves.toBeUndefined();
});

test("refuses an image that nobody signed", async () => {
  const place = { registry: createFakeRegistry(), repository: "events" };

  await expect(verifyImage(place, digest, publicKey)).rejects.toMatchObject({
    code: "SIGNATURE_INVALID",
    details: ["It has no signature at all."],
  });
});

test.each([
  [
    "speaks of another image",
    sign({ digest: computeDigest("other") }),
    "it speaks of another image",
  ],
  [
    "is no provenance",
    sign({ digest, predicateType: "https://example.org/praise" }),
    "its statement is no provenance",
  ],
  [
    "was changed after it was signed",
    tamper(sign({ digest: computeDigest("other") })),
    "signature",
  ],
  ["is no bundle", Buffer.from("[]"), "bundle"],
  ["is no JSON", Buffer.from("{"), "JSON"],
])("refuses a signature that %s", async (_what, content, words) => {
  const place = await attach(content);

  await expect(verifyImage(place, digest, publicKey)).rejects.toMatchObject({
    code: "SIGNATURE_INVALID",
    details: [expect.stringContaining(words)],
  });
});

test("one good signature among bad ones is enough", async () => {
  const place = await attach(Buffer.from("{"), sign({ digest }));

  await expect(verifyImage(place, digest, publicKey)).resolves.toBeUndefined();
});

function sign(facts: { digest: string; predicateType?: string }): Uint8Array {
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    predicateType: facts.predicateType ?? "https://slsa.dev/provenance/v1",
    subject: [{ name: "events", digest: { sha256: facts.digest.slice(7) } }],
  };
  return signStatement(Buffer.from(JSON.stringify(statement)), privateKey);
}

/** The same signature under a statement about our image. */
function tamper(content: Uint8Array): Uint8Array {
  const bundle = JSON.parse(Buffer.from(content).toString());
  const ours = JSON.parse(Buffer.from(sign({ digest })).toString());
  bundle.dsseEnvelope.payload = ours.dsseEnvelope.payload;
  return Buffer.from(JSON.stringify(bundle));
}

async function attach(...contents: Uint8Array[]) {
  const place = { registry: createFakeRegistry(), repository: "events" };
  for (const content of contents) {
    await writeArtifact(place, { type: artifactTypes.signature, content, subject });
  }
  return place;
}
