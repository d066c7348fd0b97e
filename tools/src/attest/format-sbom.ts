import { createHash } from "node:crypto";

import { Enums, Models, Serialize, Spec, SPDX } from "@cyclonedx/cyclonedx-library";

import type { AttestedImage, AttestedPackage } from "./attested-image.ts";

/**
 * CycloneDX 1.6: the packages whose code is in the image, and the base below them. A function of the image: no time,
 * and a serial number made of the content.
 */
export function formatSbom(image: AttestedImage): Uint8Array {
  const bom = new Models.Bom({
    serialNumber: `urn:uuid:${formatUuid(JSON.stringify(image))}`,
    metadata: new Models.Metadata({ component: describeImage(image), tools: describeTools(image) }),
    components: new Models.ComponentRepository([
      describeBase(image),
      ...image.packages.map(describePackage),
    ]),
  });
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  const text = new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true });
  return new TextEncoder().encode(text);
}

function describeImage({ service, version, description, descriptor, imageKey }: AttestedImage) {
  return new Models.Component(Enums.ComponentType.Container, service, {
    bomRef: `image:${descriptor.digest}`,
    version,
    description,
    hashes: hashOf(descriptor.digest),
    properties: new Models.PropertyRepository([
      new Models.Property("org.aegee.slipway.image-key", imageKey),
    ]),
  });
}

function describeTools({ bundler, builderVersion }: AttestedImage): Models.Tools {
  const [name = bundler, version = ""] = bundler.split(" ");
  return new Models.Tools({
    components: new Models.ComponentRepository([
      new Models.Component(Enums.ComponentType.Application, "slipway", {
        bomRef: "tool:slipway",
        version: String(builderVersion),
      }),
      new Models.Component(Enums.ComponentType.Application, name, {
        bomRef: `tool:${name}`,
        version,
      }),
    ]),
  });
}

function describeBase({ base }: AttestedImage): Models.Component {
  return new Models.Component(Enums.ComponentType.Container, base.name.replace(/@.*$/u, ""), {
    bomRef: `base:${base.digest}`,
    version: base.digest,
    hashes: hashOf(base.digest),
  });
}

function describePackage({ name, version, license }: AttestedPackage): Models.Component {
  const [group, bare] = name.startsWith("@") ? name.split("/") : [undefined, name];
  const purl = formatPurl(name, version);
  return new Models.Component(Enums.ComponentType.Library, bare ?? name, {
    bomRef: purl,
    group,
    version,
    purl,
    scope: Enums.ComponentScope.Required,
    licenses: new Models.LicenseRepository(license === null ? [] : [parseLicense(license)]),
  });
}

function parseLicense(license: string): Models.License {
  if (SPDX.isSupportedSpdxId(license)) {
    return new Models.SpdxLicense(license);
  }
  return /\s(?:AND|OR|WITH)\s/u.test(license)
    ? new Models.LicenseExpression(license)
    : new Models.NamedLicense(license);
}

function formatPurl(name: string, version: string): string {
  const path = name.split("/").map(encodeURIComponent).join("/");
  return `pkg:npm/${path}@${encodeURIComponent(version)}`;
}

function hashOf(digest: string): Models.HashDictionary {
  return new Models.HashDictionary([
    [Enums.HashAlgorithm["SHA-256"], digest.slice("sha256:".length)],
  ]);
}

/** Version 8 of RFC 9562: 122 bits of our own. */
function formatUuid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = ((Number.parseInt(hex[16] ?? "0", 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
