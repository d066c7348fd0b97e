import { type ErrorCode, SlipwayError } from "../errors.ts";
import type { SshDestination } from "./ssh-destination.ts";

interface Explanation {
  pattern: RegExp;
  code: ErrorCode;
  message: (destination: SshDestination) => string;
  hint: (destination: SshDestination) => string;
}

const explanations: readonly Explanation[] = [
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|host key for .* has changed/iu,
    code: "HOST_KEY_WRONG",
    message: ({ name, address }) => `${name} (${address}) has another host key than the known one.`,
    hint: ({ knownHostsFile = "~/.ssh/known_hosts" }) =>
      `Nothing was sent to it. If the machine was set up anew, take its new key into ${knownHostsFile}; else somebody stands in between.`,
  },
  {
    pattern: /Host key verification failed|No .* host key is known/iu,
    code: "HOST_KEY_WRONG",
    message: ({ name, address }) => `The host key of ${name} (${address}) is not known.`,
    hint: ({ knownHostsFile = "~/.ssh/known_hosts" }) =>
      `Nothing was sent to it. Ask whoever runs the machine for its key and add it to ${knownHostsFile}.`,
  },
  {
    pattern: /Permission denied|Too many authentication failures|no such identity/iu,
    code: "HOST_DENIED",
    message: ({ name, address }) => `${name} (${address}) does not let us in.`,
    hint: ({ address }) =>
      `Try it by hand: ssh ${address}. A key with a passphrase must be in ssh-agent.`,
  },
];

/** What ssh said, as one of few faults that a person can do something about. */
export function explainSshFailure(destination: SshDestination, stderr: string): SlipwayError {
  const known = explanations.find(({ pattern }) => pattern.test(stderr));
  const details = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("@"))
    .slice(-5)
    .map((line) => `| ${line}`);
  if (known !== undefined) {
    const hint = known.hint(destination);
    return new SlipwayError(known.code, known.message(destination), { hint, details });
  }
  return new SlipwayError(
    "HOST_UNREACHABLE",
    `${destination.name} (${destination.address}) can't be reached by SSH.`,
    { hint: `Try it by hand: ssh ${destination.address}`, details },
  );
}
