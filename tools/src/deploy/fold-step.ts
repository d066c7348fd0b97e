import type { EnvironmentState } from "./environment-state.ts";
import type { SchemaRange, Step } from "./plan.ts";

/** What the environment has after a step that leaves something behind. */
// oxlint-disable-next-line complexity -- one line a kind; the compiler finds a forgotten one
export function foldStep(state: EnvironmentState, step: Step): EnvironmentState {
  switch (step.kind) {
    case "generate-secrets":
      return { ...state, secrets: new Set([...state.secrets, ...step.names]) };
    case "ensure-database":
      return { ...state, databases: new Set([...state.databases, step.service]) };
    case "migrate":
      return foldMigration(state, step);
    case "seed":
      return { ...state, seeded: new Set([...state.seeded, step.image.service]) };
    case "prepare-image":
    case "back-up":
    case "start":
    case "await-ready":
    case "declare-route":
    case "shift":
    case "probe-front-door":
    case "soak":
    case "drain":
    case "stop":
    case "remove-route":
    case "announce":
    case "record":
      return state;
  }
}

function foldMigration(
  state: EnvironmentState,
  step: Step & { kind: "migrate" },
): EnvironmentState {
  const { service } = step.image;
  const before = state.schemas[service];
  return {
    ...state,
    migrated: new Set([...state.migrated, step.imageKey]),
    schemas: { ...state.schemas, [service]: widen(before, step.schema) },
  };
}

/** The database is where its newest image brought it; an older image run later does not take it back. */
function widen(before: SchemaRange | undefined, next: SchemaRange): SchemaRange {
  return before !== undefined && before.max > next.max ? before : next;
}
