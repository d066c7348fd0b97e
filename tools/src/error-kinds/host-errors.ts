import { exitCodes } from "../exit-codes.ts";
import type { ErrorKind } from "./error-kind.ts";

/** Of what an environment runs on: hosts, engines, the daemon, databases, gateways. */
export const hostErrors = {
  HOST_UNREACHABLE: {
    exitCode: exitCodes.failedClean,
    meaning: "A host of the environment can't be reached by SSH, or does not answer in time.",
  },
  HOST_LOST: {
    exitCode: exitCodes.failedClean,
    meaning:
      "One of several hosts went away while a run worked on it. Nothing went on there; the others went back to where the run began, or were held, as the policy says. Exit code 16 when traffic had moved. When it is back: `reconcile`.",
  },
  HOST_KEY_WRONG: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A host shows another key than the known one, or none is known. Nothing is sent to it before a person has looked.",
  },
  HOST_DENIED: {
    exitCode: exitCodes.failedClean,
    meaning: "A host refused to let us in. Look at the user and the key.",
  },
  HOST_FULL: {
    exitCode: exitCodes.failedClean,
    meaning: "A host has no room left on its disk. Make room, then run the command again.",
  },
  HOST_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning: "A program on a host failed. The message has its own words.",
  },
  ENGINE_UNREACHABLE: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A host is there, but its container engine does not answer, or the user may not use it.",
  },
  ENGINE_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning: "A host's container engine refused something. The message has its own words.",
  },
  DAEMON_FAILED: {
    exitCode: exitCodes.failed,
    meaning:
      "The daemon that runs a local environment did not start or does not answer. Its log is `logs/daemon.log` in the environment's folder.",
  },
  DATABASE_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning:
      "The environment's database server did not start. The last lines of its log are shown.",
  },
  BACKUP_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A backup of a database could not be taken or restored. Nothing was migrated. The message has the tool's own words.",
  },
  BACKUP_MISSING: {
    exitCode: exitCodes.usage,
    meaning: "There is no backup of that name. `restore` without `--backup` lists them.",
  },
  TASK_TIMEOUT: {
    exitCode: exitCodes.failedClean,
    meaning: "A command of an image (migrations, seeds) did not end in time and was ended.",
  },
  INSTANCE_UNKNOWN: {
    exitCode: exitCodes.failed,
    meaning: "An instance was named that the environment does not have (any more).",
  },
  INSTANCE_IN_SERVICE: {
    exitCode: exitCodes.failed,
    meaning: "An instance that takes traffic can't be retired. Shift the traffic first.",
  },
  GATEWAY_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning:
      "The gateway does not answer on its control socket, or refused a change. Traffic goes where it went before. The message has the gateway's own words.",
  },
  CERTIFICATE_MISSING: {
    exitCode: exitCodes.failedClean,
    meaning: "The gateway shall serve HTTPS, and the folder of certificates holds none.",
  },
} as const satisfies Record<string, ErrorKind>;
