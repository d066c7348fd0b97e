/* oxlint-disable max-lines -- one table, read from top to bottom */
import {
  baseFiles,
  config,
  describePackage,
  formatLock,
  json,
  manifests,
  type Files,
} from "./change-workspace.ts";

export interface GateCase {
  title: string;
  before?: Files;
  change: Files;
  /** Services whose image changes. */
  affected: readonly string[];
  /** Codes, each once, sorted; errors and warnings. */
  findings: readonly string[];
  isCovered: boolean;
}

export function changeset(
  releases: Readonly<Record<string, string>>,
  summary = "What changed.",
): string {
  const lines = Object.entries(releases).map(([name, type]) => `"@x/${name}": ${type}`);
  return ["---", ...lines, "---", "", summary, ""].join("\n");
}

const core = {
  "services/core/src/main.ts": `${baseFiles["services/core/src/main.ts"]}console.log("new");\n`,
};
const events = { "services/events/src/main.ts": 'import { log } from "@x/kit";\nlog("more");\n' };
const auth = {
  "libs/auth/src/index.ts":
    'import { log } from "@x/kit";\nexport function check() {\n  return log("other");\n}\n',
};
const kit = {
  "libs/kit/src/index.ts":
    'import logger from "logger";\nexport function log(text: string) {\n  return logger(`${text}!`);\n}\n',
};
const spare = {
  "libs/kit/src/index.ts": `${baseFiles["libs/kit/src/index.ts"]}`.replace("return 1", "return 2"),
};
const own = (releases: Readonly<Record<string, string>>, summary?: string): Files => ({
  ".changeset/own.md": changeset(releases, summary),
});
const pending = (releases: Readonly<Record<string, string>>): Files => ({
  ".changeset/foreign.md": changeset(releases, "Of somebody else."),
});
const version = (name: "core" | "events", to: string): Files => ({
  [`services/${name}/package.json`]: json({ ...manifests[name], version: to }),
});
const bump = (folder: string, more: object = {}) => ({
  "package-lock.json": formatLock({
    [folder]: { version: "2.0.0", integrity: "sha512-2", ...more },
  }),
});
const settings = (more: object) => ({ ".changeset/config.json": json({ ...config, ...more }) });

type Outcome = readonly [affected: string, findings: string, isCovered: boolean];

function row(
  title: string,
  change: Files,
  ...[[affected, findings, isCovered], before = {}]: readonly [outcome: Outcome, before?: Files]
): GateCase {
  return { title, change, before, affected: words(affected), findings: words(findings), isCovered };
}

function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}

const gone = "services/mailer";

/** Every family of a wrong or right pull request. */
export const gateCases: readonly GateCase[] = [
  row("nothing changed", {}, ["", "", true]),
  row("a service without a changeset", core, ["core", "SERVICE_UNCOVERED", false]),
  row("a service with its changeset", { ...core, ...own({ core: "patch" }) }, ["core", "", true]),
  row("two services, one covered", { ...core, ...events, ...own({ core: "patch" }) }, [
    "core events",
    "SERVICE_UNCOVERED",
    false,
  ]),
  row(
    "two services, both covered",
    { ...core, ...events, ...own({ core: "patch", events: "minor" }) },
    ["core events", "", true],
  ),
  row("a changeset for another service only", { ...core, ...own({ mailer: "patch" }) }, [
    "core",
    "PACKAGE_UNAFFECTED SERVICE_UNCOVERED",
    false,
  ]),
  row("a library without a changeset", auth, ["core", "SERVICE_UNCOVERED", false]),
  row("a library with its own changeset", { ...auth, ...own({ auth: "patch" }) }, [
    "core",
    "",
    true,
  ]),
  row("a library covered by its service", { ...auth, ...own({ core: "patch" }) }, [
    "core",
    "",
    true,
  ]),
  row("a deep library without a changeset", kit, ["core events", "SERVICE_UNCOVERED", false]),
  row("a deep library, one of two services covered", { ...kit, ...own({ core: "patch" }) }, [
    "core events",
    "SERVICE_UNCOVERED",
    false,
  ]),
  row("a deep library with its own changeset", { ...kit, ...own({ kit: "minor" }) }, [
    "core events",
    "",
    true,
  ]),
  row(
    "a library's changeset without updates of dependents",
    { ...auth, ...own({ auth: "patch" }) },
    ["core", "SERVICE_UNCOVERED", false],
    settings({ ___experimentalUnsafeOptions_WILL_CHANGE_IN_PATCH: {} }),
  ),
  row("code of a library that nobody uses", spare, ["", "", true]),
  row(
    "a comment in a service",
    { "services/mailer/src/main.ts": '// why\nconsole.log("mailer");\n' },
    ["", "", true],
  ),
  row("an empty changeset", { ...core, ".changeset/own.md": "---\n---\n\nNothing.\n" }, [
    "core",
    "CHANGESET_EMPTY SERVICE_UNCOVERED",
    false,
  ]),
  row("an unaffected package", own({ mailer: "patch" }), ["", "PACKAGE_UNAFFECTED", true]),
  row(
    "an unaffected package where that is an error",
    {
      ...own({ mailer: "patch" }),
      "tools/slipway.yaml": "image: { base: embedded }\nchanges: { unaffected: error }\n",
    },
    ["", "PACKAGE_UNAFFECTED", false],
  ),
  row("an unaffected library", own({ kit: "patch" }), ["", "PACKAGE_UNAFFECTED", true]),
  row("an unknown package", { ...core, ...own({ core: "patch", cor: "patch" }) }, [
    "core",
    "PACKAGE_UNKNOWN",
    false,
  ]),
  row("a waiver with a reason", { ...core, ...own({ core: "none" }, "Only a log line.") }, [
    "core",
    "",
    true,
  ]),
  row("a waiver without a reason", { ...core, ...own({ core: "none" }, "") }, [
    "core",
    "SERVICE_UNCOVERED WAIVER_UNEXPLAINED",
    false,
  ]),
  row("a waiver of another service", { ...core, ...own({ events: "none" }) }, [
    "core",
    "PACKAGE_UNAFFECTED SERVICE_UNCOVERED",
    false,
  ]),
  row("a waiver of a library is none of its services", { ...auth, ...own({ auth: "none" }) }, [
    "core",
    "SERVICE_UNCOVERED",
    false,
  ]),
  row(
    "a waiver and a release beside each other",
    { ...kit, ...own({ core: "none", events: "patch" }) },
    ["core events", "", true],
  ),
  row(
    "somebody else's pending changeset does not cover",
    core,
    ["core", "SERVICE_UNCOVERED", false],
    pending({ core: "minor" }),
  ),
  row(
    "own changeset beside a pending one",
    { ...core, ...own({ core: "patch" }) },
    ["core", "", true],
    pending({ core: "minor" }),
  ),
  row(
    "a line added to a pending changeset",
    { ...core, ".changeset/foreign.md": changeset({ events: "patch", core: "patch" }) },
    ["core", "", true],
    pending({ events: "patch" }),
  ),
  row(
    "a deleted foreign changeset",
    { ".changeset/foreign.md": null },
    ["", "CHANGESET_DELETED", false],
    pending({ core: "minor" }),
  ),
  row(
    "a foreign changeset replaced by a smaller one",
    { ...core, ".changeset/foreign.md": null, ...own({ core: "patch" }) },
    ["core", "CHANGESET_DELETED", false],
    pending({ core: "minor" }),
  ),
  row(
    "a foreign changeset renamed",
    {
      ".changeset/foreign.md": null,
      ".changeset/other.md": changeset({ core: "minor" }, "Of somebody else."),
    },
    ["", "PACKAGE_UNAFFECTED", true],
    pending({ core: "minor" }),
  ),
  row(
    "a foreign changeset made smaller",
    pending({ core: "patch" }),
    ["", "CHANGESET_WEAKENED", false],
    pending({ core: "major" }),
  ),
  row(
    "a foreign changeset with better words",
    { ".changeset/foreign.md": changeset({ core: "minor" }, "Better.") },
    ["", "", true],
    pending({ core: "minor" }),
  ),
  row(
    "a release commit",
    {
      ".changeset/foreign.md": null,
      ...version("core", "1.1.0"),
      "services/core/CHANGELOG.md": "# 1.1.0\n",
    },
    ["", "", true],
    pending({ core: "minor" }),
  ),
  row("a version edited by hand", version("events", "1.0.1"), ["", "", true]),
  row(
    "a service without a version",
    { "services/mailer/package.json": json({ ...manifests.mailer, version: undefined }) },
    ["", "VERSION_MISSING", false],
  ),
  row(
    "a library without a version",
    { "libs/kit/package.json": json({ ...manifests.kit, version: undefined }) },
    ["", "VERSION_MISSING", false],
  ),
  row(
    "private packages not versioned",
    { ...core, ...own({ core: "patch" }), ...settings({ privatePackages: false }) },
    ["core", "CONFIG_PRIVATE_UNVERSIONED SERVICE_UNCOVERED", false],
  ),
  row("private versioning left out", settings({ privatePackages: undefined }), [
    "",
    "CONFIG_PRIVATE_UNVERSIONED",
    false,
  ]),
  row("another base branch", settings({ baseBranch: "main" }), ["", "CONFIG_BASE_BRANCH", false]),
  row("settings deleted", { ".changeset/config.json": null }, ["", "CONFIG_INVALID", false]),
  row("a service ignored", settings({ ignore: ["@x/core"] }), [
    "",
    "CONFIG_IGNORES_SERVICE",
    false,
  ]),
  row("a changeset of broken YAML", { ".changeset/own.md": "---\n[\n---\nText\n" }, [
    "",
    "CHANGESET_INVALID",
    false,
  ]),
  row("a changeset of an unknown size", own({ core: "huge" }), ["", "CHANGESET_INVALID", false]),
  row("tests only", { "services/core/src/main.test.ts": "export const tested = 2;\n" }, [
    "",
    "",
    true,
  ]),
  row(
    "notes only",
    {
      "services/core/README.md": "More.\n",
      "libs/auth/README.md": "More.\n",
      "README.md": "All.\n",
    },
    ["", "", true],
  ),
  row("a development package", bump("node_modules/runner", { dev: true }), ["", "", true]),
  row("a package of one service", bump("node_modules/fast"), ["core", "SERVICE_UNCOVERED", false]),
  row("a package deep below a library", bump("node_modules/deep"), [
    "core events",
    "SERVICE_UNCOVERED",
    false,
  ]),
  row("a package that nobody uses", bump("node_modules/unused"), ["", "", true]),
  row("a package of the tool", bump("node_modules/yargs"), ["", "", true]),
  row("the tool's own code", { "tools/src/main.ts": "export const tool = 2;\n" }, ["", "", true]),
  row(
    "the tool with a changeset",
    { "tools/src/main.ts": "export const tool = 2;\n", ...own({ tools: "patch" }) },
    ["", "", true],
  ),
  row(
    "a builder that makes other images",
    { "tools/src/images/format-image.ts": "export const builderVersion = 2;\n" },
    ["core events mailer", "SERVICE_UNCOVERED", false],
  ),
  row("another base image", { "tools/slipway.yaml": "image: { base: oci:../bases/node:24 }\n" }, [
    "core events mailer",
    "SERVICE_UNCOVERED",
    false,
  ]),
  row("another Node", bump("node_modules/node", { version: "26.0.0" }), [
    "core events mailer",
    "SERVICE_UNCOVERED",
    false,
  ]),
  row("a small update of Node", bump("node_modules/node", { version: "24.2.0" }), ["", "", true]),
  row("a migration", { "services/core/migrations/0002_more.sql": "-- kind: expand\nSELECT 2;\n" }, [
    "core",
    "SERVICE_UNCOVERED",
    false,
  ]),
  row(
    "what a service tells of itself",
    { "services/mailer/package.json": json({ ...manifests.mailer, service: { port: 9000 } }) },
    ["mailer", "SERVICE_UNCOVERED", false],
  ),
  row("a deleted service", { [gone]: null }, ["", "", true]),
  row(
    "a deleted service with a pending changeset",
    { [gone]: null },
    ["", "PACKAGE_UNKNOWN", false],
    pending({ mailer: "patch" }),
  ),
  row(
    "a deleted service and its pending changeset",
    { [gone]: null, ".changeset/foreign.md": null },
    ["", "", true],
    pending({ mailer: "patch" }),
  ),
  row(
    "a new service",
    {
      "services/shop/package.json": json(describePackage("shop", { service: {} })),
      "services/shop/src/main.ts": "console.log(1);\n",
    },
    ["shop", "SERVICE_UNCOVERED", false],
  ),
  row(
    "hostile names",
    {
      ...core,
      ".changeset/$(id)`x`|<b>@all.md": changeset({ core: "patch" }, "</details> | `x` @all"),
    },
    ["core", "", true],
  ),
];
