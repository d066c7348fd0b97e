/** How one host is reached by SSH. */
export interface SshDestination {
  /** Name in the environment's settings, for messages. */
  name: string;
  /** `deploy@host.example.org`, `root@10.0.0.1:2222`. */
  address: string;
  /** The only hosts that are trusted; the user's own file when left out. */
  knownHostsFile?: string;
  /** The user's own keys and agent when left out. */
  identityFile?: string;
}

/** Options and destination for OpenSSH; the user's `~/.ssh/config` is honoured, but not where safety hangs on it. */
export function planSshArguments(
  { address, knownHostsFile, identityFile }: SshDestination,
  controlPath: string,
): { options: readonly string[]; destination: string } {
  const match = /^(?<who>[^:]+)(?::(?<port>\d+))?$/u.exec(address);
  const { who = address, port } = match?.groups ?? {};
  const settings = [
    `ControlPath=${controlPath}`,
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ForwardAgent=no",
    "ForwardX11=no",
    "ConnectTimeout=4",
    "ServerAliveInterval=2",
    "ServerAliveCountMax=2",
    "StreamLocalBindUnlink=yes",
    "ExitOnForwardFailure=yes",
    "LogLevel=ERROR",
    ...(knownHostsFile === undefined
      ? []
      : [`UserKnownHostsFile=${knownHostsFile}`, "GlobalKnownHostsFile=/dev/null"]),
    ...(identityFile === undefined ? [] : [`IdentityFile=${identityFile}`, "IdentitiesOnly=yes"]),
  ];
  return {
    options: [
      ...settings.flatMap((setting) => ["-o", setting]),
      ...(port === undefined ? [] : ["-p", port]),
    ],
    destination: who,
  };
}
