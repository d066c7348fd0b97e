import type { Static, TSchema } from "typebox";
import { Check } from "typebox/value";

import { SlipwayError } from "../../errors.ts";
import { refuseAnswer } from "./refuse-answer.ts";
import type { RegistryClient } from "./registry-client.ts";
import { discardBody, readBody, type HttpAnswer } from "./send-request.ts";

interface ListRequest<T extends TSchema> {
  repository: string;
  /** Below `/v2/<repository>/`. */
  to: string;
  schema: T;
}

const maxPages = 1000;
const maxPageBytes = 8_388_608;

/** All pages of a list, or null when the registry does not have it. */
export async function listPages<T extends TSchema>(
  client: RegistryClient,
  { repository, to, schema }: ListRequest<T>,
): Promise<Static<T>[] | null> {
  const pages: Static<T>[] = [];
  for (let next: string | URL | null = to; next !== null;) {
    const answer: HttpAnswer = await client.send({
      method: "GET",
      repository,
      actions: "pull",
      to: next,
    });
    if (answer.status === 404) {
      await discardBody(answer);
      return null;
    }
    if (answer.status !== 200 || pages.length === maxPages) {
      throw await refuseAnswer(client.name, `GET of ${to} of ${repository}`, answer);
    }
    pages.push(parsePage(client, { repository, to, schema }, await readBody(answer, maxPageBytes)));
    next = readNext(answer);
  }
  return pages;
}

function parsePage<T extends TSchema>(
  { name }: RegistryClient,
  { repository, to, schema }: ListRequest<T>,
  content: Uint8Array,
): Static<T> {
  const page = parseJson(content);
  if (Check(schema, page)) {
    return page;
  }
  throw new SlipwayError(
    "REGISTRY_FAILED",
    `The registry ${name} answered GET of ${to} of ${repository} with something else than a list.`,
    { hint: "Slipway speaks the OCI distribution API 1.1. Look at the registry's log." },
  );
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    return null;
  }
}

/** `Link: </v2/events/tags/list?last=1.0.0>; rel="next"` */
function readNext({ headers, url }: HttpAnswer): URL | null {
  const link = /<(?<to>[^>]+)>\s*;\s*rel="?next"?/u.exec(headers.link?.toString() ?? "");
  const to = link?.groups?.["to"];
  return to === undefined ? null : new URL(to, url);
}
