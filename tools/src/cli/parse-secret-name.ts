import { SlipwayError } from "../errors.ts";

export interface SecretName {
  service: string;
  name: string;
}

/** `core/API_KEY`. The address of a database is Slipway's own. */
export function parseSecretName(text: string): SecretName {
  const [, service, name] = /^([a-z][a-z0-9-]*)\/([A-Z][A-Z0-9_]*)$/.exec(text) ?? [];
  if (service === undefined || name === undefined) {
    throw new SlipwayError("SECRET_UNKNOWN", `"${text}" is no name of a secret.`, {
      hint: "Nothing was touched. It is service/NAME, for example core/API_KEY.",
    });
  }
  if (name !== "DATABASE_URL") return { service, name };
  throw new SlipwayError("SECRET_UNKNOWN", `${text} is made by Slipway itself.`, {
    hint: "Nothing was touched.",
  });
}
