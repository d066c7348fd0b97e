import type { EnvironmentState } from "../deploy/environment-state.ts";
import { hashSettings } from "../deploy/hash-settings.ts";
import { SlipwayError } from "../errors.ts";
import type { Session } from "./open-session.ts";

/** Throws when tests could not say anything about what is recorded: nothing runs, a run is open, settings have moved on. */
export function requireVerifiable({ policy }: Pick<Session, "policy">, state: EnvironmentState) {
  const { environment: name } = policy;
  if (state.set === null || state.isStopped) throw nothingRuns(name);
  if (state.openRun !== null) {
    throw new SlipwayError(
      "RUN_OPEN",
      `Run ${state.openRun.run} in ${name} is not finished, so what runs is no set as a whole.`,
      {
        hint: `Nothing was tested. Wait for it; or finish it: npx nx run tools:resume --env=${name}; or undo it: npx nx run tools:revert --env=${name}`,
      },
    );
  }
  const moved = findMoved(policy, state);
  if (moved.length === 0) return;
  throw new SlipwayError(
    "VERIFICATION_STALE",
    `${name} has settings that were not deployed yet: ${moved.join(", ")}.`,
    { hint: `Nothing was tested. Deploy them: npx nx run tools:deploy --env=${name}` },
  );
}

export function nothingRuns(name: string): SlipwayError {
  return new SlipwayError("ENVIRONMENT_STOPPED", `${name} does not run.`, {
    hint: `Nothing was tested. Start it: npx nx run tools:deploy --env=${name}`,
  });
}

/** Services whose settings have changed since they were started. */
function findMoved(
  { env, testData }: Session["policy"],
  { services, secretMarks }: EnvironmentState,
): readonly string[] {
  const entries = Object.entries(services);
  const neighbours = Object.fromEntries(entries.map(([name, { release }]) => [name, release]));
  return entries
    .filter(([service, { release, settings }]) => {
      const facts = { service, release, testData, secretMarks, neighbours };
      return settings !== hashSettings({ ...facts, env: env[service] ?? {} });
    })
    .map(([name]) => name)
    .toSorted();
}
