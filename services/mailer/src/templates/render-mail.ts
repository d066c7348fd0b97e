import { mailParameters, type MailParameters, type MailTemplate } from "@myaegee/contracts";
import { Check } from "typebox/value";

import type { Rendered } from "../mails/mails.schema.ts";
import { accountTemplates } from "./account-templates.ts";
import { eventTemplates } from "./event-templates.ts";
import { formatHtml, formatText } from "./layout.ts";
import type { Link, Templates } from "./mail-content.ts";
import { statutoryTemplates } from "./statutory-templates.ts";

const templates: Templates<MailTemplate> = {
  ...accountTemplates,
  ...eventTemplates,
  ...statutoryTemplates,
};

/** HTML and text of a mail; its links lead to `publicUrl`. */
// Name ties the template's function to its parameters.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function renderMail<Name extends MailTemplate>(
  name: Name,
  parameters: Record<string, unknown>,
  publicUrl: string,
): Rendered {
  if (!hasParametersOf(name, parameters)) {
    throw new Error(`The parameters do not fit template ${name}.`);
  }
  const content = templates[name](parameters, createLink(publicUrl));
  return { html: formatHtml(content, publicUrl), text: formatText(content) };
}

function hasParametersOf<Name extends MailTemplate>(
  name: Name,
  parameters: unknown,
): parameters is MailParameters<Name> {
  return Check(mailParameters[name], parameters);
}

function createLink(publicUrl: string): Link {
  return (path, query = {}) => {
    const search = new URLSearchParams(query).toString();
    return `${publicUrl}${path.split("/").map(encodeURIComponent).join("/")}${search && `?${search}`}`;
  };
}
