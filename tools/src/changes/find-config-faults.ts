import type { GateSide } from "./gate-facts.ts";
import type { Finding, FindingCode } from "./verdict.ts";

const file = ".changeset/config.json";
const releaseBranch = "master";

/** What `changesets` would do wrong in silence with these settings. */
export function findConfigFaults({ config, projects }: GateSide): Finding[] {
  const settings = parseObject(config ?? "");
  if (settings === null) {
    const what = config === null ? "is missing" : "is not JSON";
    return [fault("CONFIG_INVALID", `${file} ${what}; without it nothing is versioned.`, {})];
  }
  const services = new Set(
    projects.filter(({ kind }) => kind === "service").map(({ name }) => name),
  );
  const ignored = listNames(settings["ignore"]).filter((name) => services.has(name));
  return [
    ...(isVersioned(settings["privatePackages"])
      ? []
      : [
          fault(
            "CONFIG_PRIVATE_UNVERSIONED",
            `${file} leaves private packages without versions: privatePackages.version must be true.`,
            settings,
          ),
        ]),
    ...(settings["baseBranch"] === releaseBranch
      ? []
      : [
          fault(
            "CONFIG_BASE_BRANCH",
            `${file} names another release branch: baseBranch must be "${releaseBranch}".`,
            settings,
          ),
        ]),
    ...ignored.map((name) =>
      fault(
        "CONFIG_IGNORES_SERVICE",
        `${file} ignores ${name}, so it would never be released.`,
        settings,
      ),
    ),
  ];
}

function fault(code: FindingCode, message: string, settings: Record<string, unknown>): Finding {
  const wanted = {
    ...settings,
    baseBranch: releaseBranch,
    privatePackages: { version: true, tag: false },
    ...("ignore" in settings && { ignore: [] }),
  };
  const write = { path: file, content: `${JSON.stringify(wanted, null, 2)}\n` };
  return { code, level: "error", subject: file, message, write };
}

function isVersioned(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && "version" in value && value.version === true
  );
}

function listNames(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ...value }
      : null;
  } catch {
    return null;
  }
}
