/** What a command's exit code means; documented in `docs/reference/exit-codes.md`. */
export const exitCodes = {
  /** Done, or nothing to do. */
  done: 0,
  /** A question was answered with "no" or the work failed outside a deployment; the state is described. */
  failed: 1,
  /** Wrong flags or configuration; nothing was touched. */
  usage: 2,
  /** With `--dry-run --exit-code`. */
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
  /** A host went away after traffic had moved; the others serve the old version again, that one what it had. */
  hostLost: 16,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For `docs/reference/exit-codes.md`. */
export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  0: "done, or nothing to do",
  1: "the work failed outside a deployment; the state is described",
  2: "wrong flags or settings; nothing was touched",
  3: "with `--dry-run --exit-code`: the plan has changes",
  4: "not confirmed; nothing was touched",
  10: "the deployment failed after traffic had moved; the versions before serve again",
  11: "the run stopped half-way and needs a person",
  12: "another run holds the lock, or has taken over",
  13: "a block, gate or guard refused; nothing was touched",
  14: "the deployment failed before traffic moved; the versions before were never touched",
  15: "going back failed too",
  16: "a host went away after traffic had moved; the others serve the versions before again, that one is behind",
  130: "interrupted; the state is described",
};
