import { Type } from "typebox";
import { Check } from "typebox/value";

import type { Claim } from "../release/release-facts.ts";
import { ReleasedService } from "../release/release-set.ts";

const marker = "Slipway-Release: ";

const Content = Type.Object({ service: Type.String(), released: ReleasedService });

/** `Name <mail>` and seconds since 1970: the same claim must be the same object, whoever makes it. */
export interface Tagger {
  identity: string;
  seconds: number;
}

/** An annotated tag as git stores it: for people what was released, in its last line for Slipway. */
export function formatClaim({ name, service, commit, released }: Claim, tagger: Tagger): string {
  return [
    `object ${commit}`,
    "type commit",
    `tag ${name}`,
    `tagger ${tagger.identity} ${tagger.seconds} +0000`,
    "",
    `${service} ${released.version}`,
    "",
    `Image: ${released.digest}`,
    `Image key: ${released.imageKey}`,
    "",
    `${marker}${JSON.stringify({ service, released })}`,
    "",
  ].join("\n");
}

/** Null for a tag that no release has made. */
export function parseClaim(text: string): Claim | null {
  const commit = /^object ([0-9a-f]{40,64})$/mu.exec(text)?.[1];
  const name = /^tag (.+)$/mu.exec(text)?.[1];
  const content = parseJson(text.split("\n").findLast((line) => line.startsWith(marker)) ?? "");
  if (commit === undefined || name === undefined || !Check(Content, content)) return null;
  return { name, commit, ...content };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line.slice(marker.length));
  } catch {
    return null;
  }
}
