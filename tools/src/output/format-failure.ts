import { SlipwayError } from "../errors.ts";
import { formatLogLine } from "./format-log-line.ts";
import { createPaint } from "./paint.ts";
import { redact } from "./redact.ts";

const longestDetail = 200;
const issuesUrl = "https://github.com/AEGEE/myaegee/issues";

/**
 * What the reader of a failure sees last: the lines that prove it, what happened, what still holds and
 * what to run next, and the code to search for. A bug shows its stack instead.
 */
export function formatFailure(error: unknown, options: { colour: boolean }): string {
  return error instanceof SlipwayError
    ? formatExpected(error, options.colour)
    : formatUnexpected(error, options.colour);
}

function formatExpected(error: SlipwayError, colour: boolean): string {
  const paint = createPaint(colour);
  const details = error.details.map((line) => paint("dim", `    ${formatDetail(line)}`));
  const lines = [
    ...(details.length > 0 ? [...details, ""] : []),
    paint("red", redact(error.message)),
    ...(error.hint === undefined ? [] : [redact(error.hint)]),
    paint("dim", `[${error.code}]`),
  ];
  return `\n${lines.join("\n")}\n`;
}

/** Log lines begin with a bar; those in JSON are shown as people read them. */
function formatDetail(line: string): string {
  const text = line.startsWith("| ")
    ? `| ${formatLogLine(line.slice(2), createPaint(false))}`
    : redact(line);
  return text.length > longestDetail ? `${text.slice(0, longestDetail - 1)}…` : text;
}

function formatUnexpected(error: unknown, colour: boolean): string {
  const paint = createPaint(colour);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    "",
    redact(stack),
    "",
    paint("red", "This is a fault in Slipway itself."),
    `Please report it with the lines above: ${issuesUrl}`,
    "",
  ].join("\n");
}
