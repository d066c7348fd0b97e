import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";

import { buildRelease } from "../../test/fakes/build-release.ts";
import type { Claim } from "../release/release-facts.ts";
import { formatClaim, parseClaim } from "./claim-object.ts";

const digest = `sha256:${"a".repeat(64)}`;
const tagger = { identity: "Slipway <slipway@example.org>", seconds: 1_700_000_000 };

function describeClaim(changelog: string): Claim {
  return {
    name: "events@1.2.0",
    service: "events",
    commit: "0".repeat(40),
    released: {
      ...buildRelease("events", { version: "1.2.0" }),
      imageKey: digest,
      published: {
        platforms: { "linux/amd64": digest },
        baseDigest: digest,
        sbom: digest,
        provenance: digest,
        commit: "0".repeat(40),
        changelog,
      },
    },
  };
}

test("a claim is a tag that people can read", () => {
  expect(formatClaim(describeClaim("- More."), tagger).split("\nSlipway-Release: ")[0]).toBe(
    `object ${"0".repeat(40)}
type commit
tag events@1.2.0
tagger Slipway <slipway@example.org> 1700000000 +0000

events 1.2.0

Image: sha256:${"1".repeat(64)}
Image key: ${digest}
`,
  );
});

test("a claim comes back as it was, whatever a changelog says", () => {
  assert(
    property(string({ unit: "binary" }), (changelog) => {
      const claim = describeClaim(`${changelog}\nSlipway-Release: {}\ntag other\nobject 1`);
      expect(parseClaim(formatClaim(claim, tagger))).toEqual(claim);
    }),
  );
});

test.each([
  { what: "somebody's own tag", text: `object ${"0".repeat(40)}\ntype commit\ntag v1\n\nHello\n` },
  {
    what: "a tag with less than a claim has",
    text: `object ${"0".repeat(40)}\ntag v1\n\nSlipway-Release: {"service":"events"}\n`,
  },
  { what: "broken JSON", text: `object ${"0".repeat(40)}\ntag v1\n\nSlipway-Release: {\n` },
  { what: "no tag at all", text: "" },
])("$what is no claim", ({ text }) => {
  expect(parseClaim(text)).toBeNull();
});
