import type { IncomingHttpHeaders } from "node:http";

import type { Credentials } from "@myaegee/contracts";

/** A person's token counts before a service's. `null` when the request carries neither. */
export function readCredentials(headers: IncomingHttpHeaders): Credentials | null {
  const token = readHeader(headers["x-auth-token"]);
  if (token !== undefined) {
    return { token };
  }
  const name = readHeader(headers["x-service"]);
  const secret = readHeader(headers["x-service-token"]);
  return name === undefined || secret === undefined ? null : { service: { name, token: secret } };
}

function readHeader(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
