/**
 * One line that a POSIX shell takes apart into exactly these arguments. sshd hands its line to the user's shell,
 * whatever we do, so nothing in it may mean anything to one.
 */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map((argument) => `'${argument.replaceAll("'", `'\\''`)}'`).join(" ");
}
