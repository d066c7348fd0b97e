import { STATUS_CODES } from "node:http";

import { escapeHtml } from "../output/escape-html.ts";

/** What every gateway says by itself, so that people and programs meet one voice whichever gateway runs. */
export const refusalMessages = {
  400: "This is not a valid HTTP request.",
  404: "There is nothing at this address.",
  408: "The request did not arrive in time.",
  502: "The service broke off the request.",
  503: "The service is not running at the moment. Try again in a moment.",
  504: "The service did not answer in time.",
} as const;

/** The services' envelope. */
export function formatEnvelope(message: string): string {
  return JSON.stringify({ success: false, message });
}

/** The same for people. */
export function formatPage(status: number, message: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${status} ${STATUS_CODES[status] ?? ""}</title>
<style>
  body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto; padding: 0 1.5rem; color: #1c2733; }
  h1 { font-size: 1.5rem; } p { color: #4a5663; }
  @media (prefers-color-scheme: dark) { body { background: #14191f; color: #e8edf2; } p { color: #a9b4bf; } }
</style>
<h1>${status === 404 ? "There is nothing here" : "Back in a moment"}</h1>
<p>${escapeHtml(message)}</p>
</html>
`;
}

/** Added to every answer of the front door that does not set them itself. */
export function planSecurityHeaders({ isTls }: { isTls: boolean }): [string, string][] {
  const headers: [string, string][] = [
    ["x-content-type-options", "nosniff"],
    ["x-frame-options", "SAMEORIGIN"],
    ["referrer-policy", "strict-origin-when-cross-origin"],
    ["cross-origin-opener-policy", "same-origin"],
    ["permissions-policy", "camera=(), microphone=(), geolocation=()"],
    [
      "content-security-policy",
      "frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'",
    ],
  ];
  return isTls ? [...headers, ["strict-transport-security", "max-age=31536000"]] : headers;
}
