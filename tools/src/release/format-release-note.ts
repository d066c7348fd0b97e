import { prerelease } from "semver";

import type { NextVersion } from "../changes/verdict.ts";
import type { Claim } from "./release-facts.ts";
import type { ReleaseNote, VersionRequest } from "./release-ports.ts";
import type { ReleaseSet } from "./release-set.ts";

/** What GitHub shows of a version: its part of the changelog, and how to prove what it is. */
export function formatReleaseNote({ name, released }: Claim, set: ReleaseSet | null): ReleaseNote {
  const { version, digest, published } = released;
  const facts = [
    `Image \`${digest}\``,
    ...(published === undefined ? [] : [`commit ${published.commit}`]),
    ...(set === null ? [] : [`release set \`${set.id}\``]),
  ];
  const changelog = (published?.changelog ?? "").trim();
  return {
    name,
    title: name.replace("@", " "),
    body: `${changelog === "" ? "No changes were described." : disarm(changelog)}\n\n---\n\n${facts.join(" · ")}\n`,
    isPrerelease: prerelease(version) !== null,
  };
}

export function formatVersionRequest(
  versions: readonly NextVersion[],
): Pick<VersionRequest, "title" | "body"> {
  const rows = versions.map(
    ({ packageName, from, to, type }) =>
      `| ${disarm(packageName).replaceAll("|", "&#124;")} | ${from} | ${to} | ${type} |`,
  );
  return {
    title: "Release the next versions",
    body: [
      "Merging this releases what is waiting. It is kept up to date with the branch.",
      "",
      "| package | now | next | size |",
      "| --- | --- | --- | --- |",
      ...rows,
      "",
    ].join("\n"),
  };
}

/** Text that people wrote for a changelog stays Markdown, but brings no HTML and calls nobody. */
function disarm(text: string): string {
  return text.replaceAll("<", "&lt;").replace(/@(?=[A-Za-z0-9])/gu, "@\u200b");
}
