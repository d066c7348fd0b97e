import {
  isMailTemplate,
  mailParameters,
  type MailRequest,
  type MailTemplate,
} from "@myaegee/contracts";
import { HttpError, unprocessable } from "@myaegee/service-kit";
import { Check, Errors } from "typebox/value";

import type { Parameters } from "../tables.ts";

/** The template's name without `.html`, or 404 with the names that exist. */
export function expectTemplate(template: string): MailTemplate {
  const name = template.replace(/\.html$/, "");
  if (!isMailTemplate(name)) {
    const known = Object.keys(mailParameters).join(", ");
    throw new HttpError(404, `Template "${name}" is not found. These are known: ${known}.`);
  }
  return name;
}

/** 422 by field when a parameter is missing or of the wrong kind. */
export function expectParameters(
  template: MailTemplate,
  parameters: Parameters,
  field = "parameters",
): void {
  const schema = mailParameters[template];
  if (!Check(schema, parameters)) {
    const faults = Errors(schema, parameters).flatMap(formatFault);
    throw unprocessable(
      Object.fromEntries(faults.map(([path, message]) => [`${field}${path}`, message])),
    );
  }
}

/** One set of parameters for each recipient: given as a list of the same length, or once for all. */
export function expectParametersByRecipient(
  template: MailTemplate,
  { parameters }: MailRequest,
  recipientCount: number,
): Parameters[] {
  if (!Array.isArray(parameters)) {
    expectParameters(template, parameters);
    return Array.from({ length: recipientCount }, () => parameters);
  }
  if (parameters.length !== recipientCount) {
    throw unprocessable({
      parameters: `A list must have one entry for each of the ${recipientCount} recipients, this one has ${parameters.length}.`,
    });
  }
  parameters.forEach((entry, index) => expectParameters(template, entry, `parameters.${index}`));
  return parameters;
}

function formatFault(fault: ReturnType<typeof Errors>[number]): [string, string][] {
  const path = fault.instancePath.replaceAll("/", ".");
  return fault.keyword === "required"
    ? fault.params.requiredProperties.map((name) => [`${path}.${name}`, "is required"])
    : [[path, fault.message]];
}
