import Type from "typebox";
import { Value } from "typebox/value";

import type { Colour, Paint } from "./paint.ts";
import { redact } from "./redact.ts";

const levels: Readonly<Record<number, { name: string; colour: Colour }>> = {
  10: { name: "trace", colour: "dim" },
  20: { name: "debug", colour: "dim" },
  30: { name: "info", colour: "green" },
  40: { name: "warn", colour: "yellow" },
  50: { name: "error", colour: "red" },
  60: { name: "fatal", colour: "red" },
};

const Entry = Type.Record(Type.String(), Type.Unknown());

/** Fields that say nothing in a log of one service. */
const dullFields = new Set([
  "level",
  "time",
  "msg",
  "pid",
  "hostname",
  "service",
  "version",
  "name",
]);

/** A JSON log line as people read it; any other line as it is. */
export function formatLogLine(line: string, paint: Paint): string {
  const entry = parseEntry(line);
  if (entry === null) return redact(line);
  const level = levels[Number(entry["level"])] ?? {
    name: formatValue(entry["level"] ?? ""),
    colour: "dim" as const,
  };
  const time = formatTime(entry["time"]);
  const message = redact(formatValue(entry["msg"] ?? ""));
  const rest = formatRest(entry);
  return `${paint("dim", time)} ${paint(level.colour, level.name.padEnd(5))} ${message}${paint("dim", rest)}`;
}

function parseEntry(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.startsWith("{")) return null;
  try {
    const entry: unknown = JSON.parse(line);
    return Value.Check(Entry, entry) && ("msg" in entry || "level" in entry) ? entry : null;
  } catch {
    return null;
  }
}

function formatTime(time: unknown): string {
  const date = new Date(typeof time === "number" || typeof time === "string" ? time : Number.NaN);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(11, 23);
}

function formatRest(entry: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(entry).filter(([name]) => !dullFields.has(name));
  return fields.map(([name, value]) => ` ${redact(name)}=${redact(formatValue(value))}`).join("");
}

function formatValue(value: unknown): string {
  if (typeof value === "string") return value;
  // Of an error only the message: the stack has its place in the JSON.
  const isError = typeof value === "object" && value !== null && "message" in value;
  return JSON.stringify(isError ? value.message : value) ?? "";
}
