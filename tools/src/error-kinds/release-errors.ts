import { exitCodes } from "../exit-codes.ts";
import type { ErrorKind } from "./error-kind.ts";

/** Of releases. */
export const releaseErrors = {
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
} as const satisfies Record<string, ErrorKind>;
