import { describePackage, json, manifests } from "./change-workspace.ts";
import { bump, changeset, core, own, pending, preMode, settings, version } from "./edits.ts";
import { type GateCase, row } from "./gate-case.ts";

const gone = "services/mailer";

/** What kinds of change mean for images and for the workspace itself. */
export const workspaceCases: readonly GateCase[] = [
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
  row(
    "a service with its changeset in pre mode",
    { ...core, ...own({ core: "patch" }) },
    ["core", "", true],
    preMode("pre"),
  ),
  row(
    "a pre-release commit",
    {
      ".changeset/foreign.md": null,
      ".changeset/pre/foreign.md": changeset({ core: "minor" }, "Of somebody else."),
      ...version("core", "1.1.0-next.0"),
    },
    ["", "", true],
    { ...pending({ core: "minor" }), ...preMode("pre") },
  ),
  row(
    "what a pre-release has released, deleted",
    { ".changeset/pre/foreign.md": null },
    ["", "CHANGESET_DELETED", false],
    { ".changeset/pre/foreign.md": changeset({ core: "minor" }), ...preMode("pre") },
  ),
  row(
    "leaving pre mode covers no change of the branch",
    { ...core, ...preMode("exit") },
    ["core", "SERVICE_UNCOVERED", false],
    { ...version("core", "1.1.0-next.0"), ...preMode("pre") },
  ),
  row("a pre mode of changesets 2", preMode("pre", { changesets: ["foreign"] }), [
    "",
    "PRE_MODE_INVALID",
    false,
  ]),
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
