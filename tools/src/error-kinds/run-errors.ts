import { exitCodes } from "../exit-codes.ts";
import type { ErrorKind } from "./error-kind.ts";

/** Of runs: locks, the ledger, plans, gates, and what happens to instances on the way. */
export const runErrors = {
  LOCK_HELD: {
    exitCode: exitCodes.lockHeld,
    meaning:
      "Another run works on the environment. The message says who, since when and why. Wait for it with `--wait`.",
  },
  LOCK_LOST: {
    exitCode: exitCodes.lockHeld,
    meaning:
      "This run paused so long that another one took over; it may change nothing any more. Look at `history`.",
  },
  RUN_SUPERSEDED: {
    exitCode: exitCodes.lockHeld,
    meaning:
      "A newer run works on the environment, so its daemon refuses this one, or the command does not hold the lock. This run changes nothing any more. Look at `history`.",
  },
  LEDGER_CONFLICT: {
    exitCode: exitCodes.lockHeld,
    meaning:
      "Somebody else wrote to the environment's ledger at the same moment. Run the command again.",
  },
  LEDGER_BROKEN: {
    exitCode: exitCodes.held,
    meaning:
      "A record in the middle of the ledger does not fit its hash: the file was edited or damaged. Restore it from a copy; nothing is done before.",
  },
  LEDGER_BEHIND: {
    exitCode: exitCodes.held,
    meaning:
      "The first host has less of the ledger than another host's copy: it was made anew, or another host was first before. Nothing is done until `restore ledger` has brought it back.",
  },
  LEDGER_UNREACHABLE: {
    exitCode: exitCodes.held,
    meaning:
      "The ledger can't be written, for example because the disk is full. The run stopped where it was; the next command resumes or reverts it.",
  },
  RUN_OPEN: {
    exitCode: exitCodes.held,
    meaning:
      "An earlier run ended half-way. Finish it with `resume` or undo it with `revert` first.",
  },
  RUN_MISSING: {
    exitCode: exitCodes.failed,
    meaning: "There is no unfinished run to resume or revert.",
  },
  RUN_PAST_RETURN: {
    exitCode: exitCodes.held,
    meaning:
      "The unfinished run has already stopped old versions, so it can only go forward. Use `resume`, then `rollback`.",
  },
  PLAN_INVALID: {
    exitCode: exitCodes.usage,
    meaning: "The plan file is no plan of this version, or was edited after it was saved.",
  },
  PLAN_STALE: {
    exitCode: exitCodes.gateRefused,
    meaning: "The environment changed since the plan was saved. Plan again.",
  },
  SET_EMPTY: {
    exitCode: exitCodes.gateRefused,
    meaning: "A deployment would remove every service. Use `stop` when that is what you want.",
  },
  RELEASE_BLOCKED: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "What should be deployed is blocked since a rollback. Change it, or insist with `--force --reason=…`.",
  },
  GATE_REFUSED: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "The environment does not take this set now: it was not verified where it must be, failed before, or a freeze holds. The message lists every gate that is not met. Insist with `--force --reason=…`; that is recorded.",
  },
  VERIFICATION_STALE: {
    exitCode: exitCodes.failed,
    meaning: "While tests ran, another set was deployed; their outcome is about neither.",
  },
  VERIFICATION_INCONCLUSIVE: {
    exitCode: exitCodes.failed,
    meaning:
      "Tests could not begin or were left out, so they say neither yes nor no. Nothing was recorded, and an earlier outcome holds. The message says what is missing.",
  },
  REASON_MISSING: {
    exitCode: exitCodes.usage,
    meaning: "The command overrides a safeguard and wants to know why: add `--reason=…`.",
  },
  ROLLBACK_IMPOSSIBLE: {
    exitCode: exitCodes.gateRefused,
    meaning: "There is no earlier version to go back to, or it is already running.",
  },
  ROLLBACK_UNSAFE: {
    exitCode: exitCodes.gateRefused,
    meaning: "The earlier version does not run on the database schema as it is now.",
  },
  CONTRACT_TOO_EARLY: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "A migration would take something away that a version which still serves, or may come back at once, uses. Deploy a version without that use first; the message says from when on.",
  },
  CONFIRMATION_MISSING: {
    exitCode: exitCodes.notConfirmed,
    meaning: "There is no terminal to ask on. Confirm with `--yes` or `SLIPWAY_YES=1`.",
  },
  NOT_CONFIRMED: {
    exitCode: exitCodes.notConfirmed,
    meaning: "The question was answered with no. Nothing was touched.",
  },
  PREFLIGHT_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning:
      "Something that the deployment needs is not there: room, a host, a secret. The message lists all of it. Nothing was touched.",
  },
  SOAK_FAILED: {
    exitCode: exitCodes.rolledBack,
    meaning:
      "A new version stopped being well while it was watched: it was not ready any more, or answered with errors.",
  },
  RUN_HELD: {
    exitCode: exitCodes.held,
    meaning:
      "A deployment failed after traffic had moved, and everything was left as it is: the policy says so, or the fault lies in the surroundings. Decide with `resume` or `revert`.",
  },
  READINESS_TIMEOUT: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A new version did not become ready in time. The message has the probe's last answer and the last log lines.",
  },
  INSTANCE_EXITED: {
    exitCode: exitCodes.failedClean,
    meaning: "A new version ended by itself. The message has its exit code and last log lines.",
  },
  IDENTITY_WRONG: {
    exitCode: exitCodes.failedClean,
    meaning: "An instance answers, but as another version or digest than planned.",
  },
  FRONT_DOOR_WRONG: {
    exitCode: exitCodes.rolledBack,
    meaning: "After the shift, the public address did not answer with the planned version.",
  },
  STEP_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning: "A step failed in a way it does not explain itself. The message has its cause.",
  },
  DATABASE_LOST: {
    exitCode: exitCodes.failedClean,
    meaning:
      "The ledger knows a database that the environment has no more. An empty one was made; nothing was started on it.",
  },
  MIGRATION_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning: "A migration failed; it was undone by its transaction. No traffic moved.",
  },
  SEED_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning: "Test data could not be written. No traffic moved.",
  },
  RETURN_FAILED: {
    exitCode: exitCodes.rollbackFailed,
    meaning:
      "A deployment failed, and going back failed as well. A person must look at it: `status`, `logs`.",
  },
} as const satisfies Record<string, ErrorKind>;
