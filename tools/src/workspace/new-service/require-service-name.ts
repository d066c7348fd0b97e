import { SlipwayError } from "../../errors.ts";

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const longestName = 32;

/** One line of plain words fits unquoted wherever a template puts it. */
const descriptionPattern = /^[\p{L}\p{N}][\p{L}\p{N} ,.;:'()&/-]*$/u;
const longestDescription = 80;

/**
 * Taken by the workspace (`tools`), the gateway (`api`), PostgreSQL, variables that every service has (`PUBLIC_URL`),
 * JavaScript's objects, or Windows' devices.
 */
const reservedNames = new Set(
  [
    "tools workspace slipway services libs docs dist e2e service",
    "api inbox healthcheck readiness metrics",
    "postgres template0 template1 database public smtp",
    "constructor prototype",
    "con nul aux prn",
  ].flatMap((line) => line.split(" ")),
);

/** The name as it is, or an error that says what is wrong with it. */
export function requireServiceName(name: string): string {
  const fault = findNameFault(name);
  if (fault === null) return name;
  throw new SlipwayError(
    "FLAGS_INVALID",
    `${JSON.stringify(name)} can't name a service: ${fault}`,
    {
      hint: "Nothing was written. Example: npx slipway new-service room-sharing",
    },
  );
}

function findNameFault(name: string): string | null {
  if (name.startsWith("@")) return "leave the npm scope out, the package gets it by itself.";
  if (name.length > longestName) return `it has more than ${longestName} characters.`;
  if (!namePattern.test(name)) {
    return "only small letters, digits and single dashes between them, a letter first.";
  }
  if (reservedNames.has(name) || name.startsWith("pg-")) return "the word is reserved.";
  return null;
}

/** The description as it is, or an error that says what is wrong with it. */
export function requireDescription(description: string): string {
  if (description.length <= longestDescription && descriptionPattern.test(description)) {
    return description;
  }
  throw new SlipwayError(
    "FLAGS_INVALID",
    `--description wants one line of at most ${longestDescription} characters: letters, digits and ,.;:'()&/-`,
    { hint: "Nothing was written." },
  );
}
