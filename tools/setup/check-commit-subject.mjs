/** Commit hook: the subject is a plain sentence of at most 72 characters, without a type prefix. */
import { readFileSync } from "node:fs";

const [, , messageFile] = process.argv;
const subject = readFileSync(messageFile, "utf8").split("\n", 1)[0];
const faults = [
  subject.length > 72 &&
    `The subject has ${subject.length} characters; at most 72 are shown everywhere.`,
  /^(feat|fix|chore|docs|refactor|test|build|ci|perf|style)(\(.+\))?!?:/.test(subject) &&
    "The subject starts with a type prefix; our notes come from changesets, so write a plain sentence.",
].filter(Boolean);

if (faults.length > 0) {
  process.stderr.write(`${faults.join("\n")}\n`);
  process.exitCode = 1;
}
