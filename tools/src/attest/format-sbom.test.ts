import { expect, test } from "vitest";

import type { AttestedImage } from "./attested-image.ts";
import { formatProvenance } from "./format-provenance.ts";
import { formatSbom } from "./format-sbom.ts";

const hex = (digit: string) => `sha256:${digit.repeat(64)}`;

const image: AttestedImage = {
  service: "events",
  version: "1.2.3",
  description: "Events.",
  commit: "4f0c1d2",
  descriptor: { mediaType: "application/vnd.oci.image.index.v1+json", digest: hex("1"), size: 9 },
  platforms: { "linux/amd64": hex("2"), "linux/arm64": hex("3") },
  imageKey: hex("4"),
  base: { name: `docker.io/library/node:24@${hex("5")}`, digest: hex("5") },
  packages: [
    { name: "@scope/one", version: "1.0.0", license: "MIT" },
    { name: "two", version: "2.0.0-rc.1+build", license: "(MIT OR Apache-2.0)" },
    { name: "three", version: "3.0.0", license: "SEE LICENSE IN <b>file</b>" },
    { name: "four", version: "4.0.0", license: null },
  ],
  lockDigest: hex("6"),
  bundler: "rolldown 1.2.19",
  builderVersion: 3,
};

test("names every package by its purl, with its licence as far as it is known", () => {
  const { components } = parse(formatSbom(image));

  expect(components).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        group: "@scope",
        name: "one",
        purl: "pkg:npm/%40scope/one@1.0.0",
        licenses: [{ license: { id: "MIT" } }],
      }),
      expect.objectContaining({
        purl: "pkg:npm/two@2.0.0-rc.1%2Bbuild",
        licenses: [{ expression: "(MIT OR Apache-2.0)" }],
      }),
      expect.objectContaining({
        name: "three",
        licenses: [{ license: { name: "SEE LICENSE IN <b>file</b>" } }],
      }),
      expect.not.objectContaining({ licenses: expect.anything() }),
    ]),
  );
});

test("describes the image and the base it stands on", () => {
  const { metadata, components } = parse(formatSbom(image));

  expect(metadata.component).toMatchObject({
    type: "container",
    name: "events",
    version: "1.2.3",
    hashes: [{ alg: "SHA-256", content: "1".repeat(64) }],
  });
  expect(components).toContainEqual(
    expect.objectContaining({
      type: "container",
      name: "docker.io/library/node:24",
      hashes: [{ alg: "SHA-256", content: "5".repeat(64) }],
    }),
  );
});

test("is the same for the same image, and has another number for another one", () => {
  const { serialNumber } = parse(formatSbom(image));
  const other = parse(formatSbom({ ...image, version: "1.2.4" }));

  expect(formatSbom(image)).toEqual(formatSbom({ ...image }));
  expect(serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
  );
  expect(other.serialNumber).not.toBe(serialNumber);
});

test("holds no time", () => {
  const text = new TextDecoder().decode(formatSbom(image));
  const statement = new TextDecoder().decode(formatProvenance(image));

  expect(text + statement).not.toMatch(/timestamp|startedOn|finishedOn|20\d\d-/u);
});

test("the provenance speaks of the index and of each platform, and names what went in", () => {
  const statement = parse(formatProvenance(image));

  expect(statement.subject).toEqual([
    { name: "events", digest: { sha256: "1".repeat(64) } },
    { name: "events linux/amd64", digest: { sha256: "2".repeat(64) } },
    { name: "events linux/arm64", digest: { sha256: "3".repeat(64) } },
  ]);
  expect(statement.predicate.buildDefinition.resolvedDependencies).toEqual([
    { name: "source", digest: { gitCommit: "4f0c1d2" } },
    { name: image.base.name, digest: { sha256: "5".repeat(64) } },
    { name: "package-lock.json", digest: { sha256: "6".repeat(64) } },
  ]);
});

function parse(content: Uint8Array) {
  return JSON.parse(new TextDecoder().decode(content));
}
