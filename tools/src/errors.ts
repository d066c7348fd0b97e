import { exitCodes, type ExitCode } from "./exit-codes.ts";

interface ErrorKind {
  exitCode: ExitCode;
  /** For `docs/reference/errors.md`: when it happens and what to do. */
  meaning: string;
}

/** Every expected failure of Slipway. `docs/reference/errors.md` is generated from this table. */
export const errorKinds = {
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
  NOT_BUILT_YET: {
    exitCode: exitCodes.usage,
    meaning: "The setting is understood, but this version of Slipway has no adapter for it.",
  },
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
  IMAGE_BUILD_FAILED: {
    exitCode: exitCodes.failed,
    meaning:
      "The code of a service could not be bundled or packed. The message has the bundler's own words.",
  },
  IMAGE_MISSING: {
    exitCode: exitCodes.failedClean,
    meaning:
      "The registry has no image of that digest. Build it with `image`, or deploy another version.",
  },
  IMAGE_INVALID: {
    exitCode: exitCodes.failedClean,
    meaning: "A manifest, configuration or index is not what the OCI specification describes.",
  },
  IMAGE_UNSAFE: {
    exitCode: exitCodes.failedClean,
    meaning:
      "An image holds something that must not be unpacked: a path or link that leaves its folder, a device, or far more data than it claims.",
  },
  IMAGE_FOREIGN: {
    exitCode: exitCodes.failedClean,
    meaning:
      "The image needs an operating system of its own, so it can't run as a plain process. Deploy it to an environment with a container engine.",
  },
  BLOB_MISSING: {
    exitCode: exitCodes.failedClean,
    meaning: "A layer or configuration that the manifest names is not in the registry.",
  },
  DIGEST_MISMATCH: {
    exitCode: exitCodes.failedClean,
    meaning: "Stored content does not have the digest it is named by: it was damaged or replaced.",
  },
  REGISTRY_UNREACHABLE: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A registry did not answer, broke off, or is too busy, also after several attempts. Try again later; when it limits you, `docker login` helps.",
  },
  REGISTRY_DENIED: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A registry does not let us read or write that repository. Look at the name, or sign in with `docker login`.",
  },
  REGISTRY_FAILED: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A registry answered something that the OCI distribution specification does not provide for. The message has its status and code.",
  },
  REGISTRY_UNSAFE: {
    exitCode: exitCodes.failedClean,
    meaning:
      "A registry tried to send us to plain HTTP or to an address inside this network. Nothing was sent there.",
  },
  VERSION_TAKEN: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "The registry has another image under the same version. A released version never changes: raise the version with a changeset.",
  },
  ATTESTATION_MISSING: {
    exitCode: exitCodes.failedClean,
    meaning:
      "An image has no SBOM, no provenance, or no signature where a key is configured, so it is not published. Build it again.",
  },
  SIGNATURE_INVALID: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "The provenance of an image is not signed by the key that was given, or speaks of another image.",
  },
  RELEASE_SET_INVALID: {
    exitCode: exitCodes.failedClean,
    meaning: "What the registry has under the name of a release set is not that release set.",
  },
  LAYOUT_LOCKED: {
    exitCode: exitCodes.failed,
    meaning: "Another process works on the same image and does not end. The message names it.",
  },
  DEPENDENCIES_STALE: {
    exitCode: exitCodes.usage,
    meaning: "`node_modules` differs from `package-lock.json`. Run `npm ci`.",
  },
  ENGINE_MISSING: {
    exitCode: exitCodes.failed,
    meaning: "A service with its own Dockerfile needs Docker with buildx on this machine.",
  },
  HOST_UNREACHABLE: {
    exitCode: exitCodes.failedClean,
    meaning: "A host of the environment can't be reached by SSH, or does not answer in time.",
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
  CHECKOUT_DIRTY: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "The working tree differs from its commit, so what would be released could not be built again. Commit or put the changes away.",
  },
  CHECKOUT_AHEAD: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "The checkout has commits that the git server has not. Only what was merged is released.",
  },
  CHECKOUT_BEHIND: {
    exitCode: exitCodes.gateRefused,
    meaning:
      "The release branch has more than the checkout. Nothing is lost: the release of the newer commit does all of it. Pull and run it again.",
  },
  BRANCH_WRONG: {
    exitCode: exitCodes.gateRefused,
    meaning: "The branch that is checked out is neither the release branch nor one of maintenance.",
  },
  BRANCH_MOVED: {
    exitCode: exitCodes.failed,
    meaning:
      "Others merged again and again while new versions were being written. Run it again; nothing is lost.",
  },
  CREDENTIALS_MISSING: {
    exitCode: exitCodes.usage,
    meaning:
      "A release needs a token or sign-in that is not there or has too few rights. Nothing was touched.",
  },
  RELEASE_UNKNOWN: {
    exitCode: exitCodes.usage,
    meaning: "The registry has no release set of that name, or none at all. `release` makes them.",
  },
  CLAIM_LOST: {
    exitCode: exitCodes.failed,
    meaning:
      "A version was claimed for an image that is gone, or is known to nobody. The message says how to give it free.",
  },
  GIT_TAG_TAKEN: {
    exitCode: exitCodes.failed,
    meaning:
      "A git tag of that name exists for something else. It is never moved: delete it by hand, or release the next version.",
  },
  GITHUB_FAILED: {
    exitCode: exitCodes.failed,
    meaning:
      "GitHub refused a request, or did not answer after several attempts. Run it again: it goes on with what is missing.",
  },
  VERSIONS_FAILED: {
    exitCode: exitCodes.failed,
    meaning:
      "The waiting changesets can't be turned into versions. The message has the words of changesets; `changes` finds such faults before the merge.",
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

export type ErrorCode = keyof typeof errorKinds;

export interface SlipwayErrorOptions {
  /** What still holds, and the command to run next. */
  hint?: string | undefined;
  cause?: unknown;
  /** Lines shown below the message as they are: log lines, faults. */
  details?: readonly string[];
  /** Overrides the code's own: the same fault ends differently before and after traffic moved. */
  exitCode?: ExitCode;
}

/** An expected failure: shown as message and hint, without a stack. */
export class SlipwayError extends Error {
  override readonly name = "SlipwayError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: readonly string[];
  readonly exitCode: ExitCode;

  constructor(code: ErrorCode, message: string, options: SlipwayErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? [];
    this.exitCode = options.exitCode ?? errorKinds[code].exitCode;
  }
}
