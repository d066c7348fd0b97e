import { exitCodes } from "../exit-codes.ts";
import type { ErrorKind } from "./error-kind.ts";

/** Of the command line, the workspace and its git history. */
export const commandErrors = {
  FLAGS_INVALID: {
    exitCode: exitCodes.usage,
    meaning: "A command, flag or argument is unknown or has a wrong value. Nothing was touched.",
  },
  CONFIG_INVALID: {
    exitCode: exitCodes.usage,
    meaning:
      "A file of settings does not fit its schema. The message lists every fault at once. Nothing was touched.",
  },
  WORKSPACE_MISSING: {
    exitCode: exitCodes.usage,
    meaning: "The command was started outside the workspace. Change into its folder.",
  },
  ENVIRONMENT_UNKNOWN: {
    exitCode: exitCodes.usage,
    meaning: "There is no file of that name in `tools/environments`.",
  },
  SERVICE_UNKNOWN: {
    exitCode: exitCodes.usage,
    meaning: "A service was named that the workspace or the environment does not have.",
  },
  SERVICE_EXISTS: {
    exitCode: exitCodes.usage,
    meaning:
      "A new service has the name of a service or library that is there. Nothing was written.",
  },
  ENVIRONMENT_STOPPED: {
    exitCode: exitCodes.failed,
    meaning: "The command needs a running environment. Start it with `deploy`.",
  },
  TEST_DATA_REFUSED: {
    exitCode: exitCodes.usage,
    meaning:
      "The command writes test data, and the environment allows none. Use `--env=ci`, or an environment with `testData: true`.",
  },
  PORT_BUSY: {
    exitCode: exitCodes.usage,
    meaning:
      "Another program listens on the port that was asked for. End it, or choose another port with `--port`.",
  },
  SECRET_MISSING: {
    exitCode: exitCodes.failedClean,
    meaning: "A service needs a secret that nobody set and that can't be generated.",
  },
  SECRET_UNKNOWN: {
    exitCode: exitCodes.usage,
    meaning:
      "A secret is named as `service/NAME`; only those that Slipway generates can be rotated, and none of its own can be set.",
  },
  DISK_FULL: {
    exitCode: exitCodes.failed,
    meaning: "This machine has no room left, or no more for this user. Make room and run it again.",
  },
  HISTORY_SHALLOW: {
    exitCode: exitCodes.usage,
    meaning:
      "The clone's history is cut, so what a branch changes can't be known. Fetch all of it: `git fetch --unshallow`.",
  },
  BASE_UNKNOWN: {
    exitCode: exitCodes.usage,
    meaning:
      "There is no commit to compare with: the release branch is not known here. Name it with `--base`.",
  },
  GIT_FAILED: {
    exitCode: exitCodes.failed,
    meaning: "A git command failed. The message has git's own words.",
  },
  REFERENCE_STALE: {
    exitCode: exitCodes.failed,
    meaning: "A file of `docs/reference` is not what the code says. Write it again with `docs`.",
  },
  INTERRUPTED: {
    exitCode: exitCodes.interrupted,
    meaning: "Ctrl-C. The message says what state the environment is in.",
  },
} as const satisfies Record<string, ErrorKind>;
