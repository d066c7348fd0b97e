/** Edits that the cases combine. */
import { baseFiles, config, formatLock, json, manifests, type Files } from "./change-workspace.ts";

export function changeset(
  releases: Readonly<Record<string, string>>,
  summary = "What changed.",
): string {
  const lines = Object.entries(releases).map(([name, type]) => `"@x/${name}": ${type}`);
  return ["---", ...lines, "---", "", summary, ""].join("\n");
}

export const core = {
  "services/core/src/main.ts": `${baseFiles["services/core/src/main.ts"]}console.log("new");\n`,
};
export const events = {
  "services/events/src/main.ts": 'import { log } from "@x/kit";\nlog("more");\n',
};
export const auth = {
  "libs/auth/src/index.ts":
    'import { log } from "@x/kit";\nexport function check() {\n  return log("other");\n}\n',
};
export const kit = {
  "libs/kit/src/index.ts":
    'import logger from "logger";\nexport function log(text: string) {\n  return logger(`${text}!`);\n}\n',
};
export const spare = {
  "libs/kit/src/index.ts": `${baseFiles["libs/kit/src/index.ts"]}`.replace("return 1", "return 2"),
};
export const own = (releases: Readonly<Record<string, string>>, summary?: string): Files => ({
  ".changeset/own.md": changeset(releases, summary),
});
export const pending = (releases: Readonly<Record<string, string>>): Files => ({
  ".changeset/foreign.md": changeset(releases, "Of somebody else."),
});
export const version = (name: "core" | "events", to: string): Files => ({
  [`services/${name}/package.json`]: json({ ...manifests[name], version: to }),
});
export const bump = (folder: string, more: object = {}) => ({
  "package-lock.json": formatLock({
    [folder]: { version: "2.0.0", integrity: "sha512-2", ...more },
  }),
});
export const settings = (more: object) => ({
  ".changeset/config.json": json({ ...config, ...more }),
});
export const preMode = (mode: "pre" | "exit", more: object = {}) => ({
  ".changeset/pre.json": json({ mode, tag: "next", ...more }),
});
