/** What a command's exit code means; documented in `docs/reference/exit-codes.md`. */
export const exitCodes = {
  /** Done, or nothing to do. */
  done: 0,
  /** A question was answered with "no" or the work failed outside a deployment; the state is described. */
  failed: 1,
  /** Wrong flags or configuration, nothing was touched; or, with `--dry-run --exit-code`, the plan has changes. */
  usage: 2,
  planHasChanges: 3,
  /** Not confirmed. Nothing was touched. */
  notConfirmed: 4,
  /** The deployment failed after traffic had moved; the old version serves again. */
  rolledBack: 10,
  /** The deployment stopped half-way and needs a person. */
  held: 11,
  /** Another run holds the lock. */
  lockHeld: 12,
  /** A gate, window or policy refused the deployment. */
  gateRefused: 13,
  /** The deployment failed before any traffic moved; the old version was never touched. */
  failedClean: 14,
  /** Going back failed too. */
  rollbackFailed: 15,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
