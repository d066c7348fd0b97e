import type { GetDependencyReleaseLine, GetReleaseLine } from "@changesets/types";
import { Type } from "typebox";
import { Check } from "typebox/value";

const Options = Type.Object({
  causes: Type.Record(
    Type.String(),
    Type.Array(
      Type.Object({ packageName: Type.String(), version: Type.String(), summary: Type.String() }),
    ),
  ),
});

/** Named in the configuration that changesets' writer gets; it imports this file. */
export const getReleaseLine: GetReleaseLine = ({ summary, commit }) => {
  const [first = "", ...others] = summary.trim().split("\n");
  const origin = commit === undefined ? "" : `${commit.slice(0, 7)}: `;
  return [`- ${origin}${first}`, ...others.map((line) => `  ${line}`.trimEnd())].join("\n");
};

/** Which libraries are new, and what changed in them or below: their names alone tell a reader nothing. */
export const getDependencyReleaseLine: GetDependencyReleaseLine = (
  _changesets,
  dependencies,
  options,
) => {
  if (dependencies.length === 0) return "";
  const causes = Check(Options, options) ? options.causes : {};
  const lines = dependencies
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, newVersion }) => {
      const reasons = (causes[name] ?? []).map(({ packageName, version, summary }) => {
        const through = packageName === name ? "" : `${packageName}@${version}: `;
        return `    - ${through}${summary}`;
      });
      return [`  - ${name}@${newVersion}`].concat(reasons);
    });
  return ["- Updated libraries", ...lines].join("\n");
};
