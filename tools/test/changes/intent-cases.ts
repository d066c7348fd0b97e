import { auth, changeset, core, events, kit, own, pending, settings, spare } from "./edits.ts";
import { type GateCase, row } from "./gate-case.ts";

/** Which changesets cover a change, and which do not. */
export const intentCases: readonly GateCase[] = [
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
];
