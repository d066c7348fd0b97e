import { Type } from "typebox";
import { Check } from "typebox/value";

import { SlipwayError } from "../../errors.ts";
import type { Credentials } from "./docker-credentials.ts";
import { guardTarget } from "./guard-target.ts";
import { parseChallenge, type Challenge } from "./parse-challenge.ts";
import { retryRequest, type Patience } from "./retry-request.ts";
import { discardBody, readBody, sendRequest, type HttpAnswer } from "./send-request.ts";

export interface Authorization {
  /** Value of the header. */
  header: string;
  expiresAtMs: number;
}

export interface AuthorizeRequest {
  /** As people write it. */
  name: string;
  registry: URL;
  /** `repository:library/node:pull`, one a repository. */
  scopes: readonly string[];
  /** WWW-Authenticate of a 401. */
  challenge: string | undefined;
  credentials: Credentials | null;
  patience: Patience;
}

const TokenAnswer = Type.Object({
  token: Type.Optional(Type.String()),
  access_token: Type.Optional(Type.String()),
  expires_in: Type.Optional(Type.Number()),
});

const defaultLifeSeconds = 60;
const maxTokenBytes = 1_048_576;

/** Answers a registry's challenge with a password or with a token of its token service. */
export async function authorize(request: AuthorizeRequest): Promise<Authorization> {
  const challenge = parseChallenge(request.challenge);
  if (challenge?.scheme === "bearer") {
    return fetchToken(request, challenge);
  }
  if (challenge?.scheme !== "basic") {
    throw deny(request, "asks for a kind of sign-in that Slipway does not know");
  }
  if (request.credentials?.kind !== "password") {
    throw deny(request, "wants a name and a password, and there are none");
  }
  return { header: formatBasic(request.credentials), expiresAtMs: Number.POSITIVE_INFINITY };
}

export function deny({ name }: { name: string }, fault: string): SlipwayError {
  return new SlipwayError("REGISTRY_DENIED", `The registry ${name} ${fault}.`, {
    hint: `Look at the image's name; if it is private, sign in: docker login ${name}`,
  });
}

async function fetchToken(request: AuthorizeRequest, challenge: Challenge): Promise<Authorization> {
  const realm = parseRealm(request, challenge);
  const lookup = guardTarget({
    url: realm,
    registry: request.registry,
    what: "The token service",
    zones: ["public", "private"],
  });
  const exchange = planTokenRequest(request, challenge, realm);
  const answer = await retryRequest(request.name, request.patience, () =>
    sendRequest({ ...exchange, lookup, idleMs: request.patience.idleMs }),
  );
  if (answer.status !== 200) {
    await discardBody(answer);
    throw deny(request, `gave no token; its token service answered ${answer.status}`);
  }
  return parseToken(request, await readJson(answer));
}

function parseRealm(request: AuthorizeRequest, { parameters }: Challenge): URL {
  const realm = URL.parse(parameters["realm"] ?? "");
  if (realm === null) {
    throw deny(request, "names no token service in its challenge");
  }
  return realm;
}

function planTokenRequest(
  { scopes, credentials }: AuthorizeRequest,
  { parameters }: Challenge,
  realm: URL,
) {
  const service = parameters["service"];
  const wish = { ...(service !== undefined && { service }) };
  if (credentials?.kind === "identity-token") {
    const form = {
      grant_type: "refresh_token",
      client_id: "slipway",
      ...wish,
      scope: scopes.join(" "),
    };
    return {
      method: "POST",
      url: realm,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: Buffer.from(
        new URLSearchParams({ ...form, refresh_token: credentials.token }).toString(),
      ),
    } as const;
  }
  const url = new URL(realm);
  for (const [key, value] of Object.entries(wish)) {
    url.searchParams.append(key, value);
  }
  for (const scope of scopes) {
    url.searchParams.append("scope", scope);
  }
  const headers: Record<string, string> =
    credentials === null ? {} : { authorization: formatBasic(credentials) };
  return { method: "GET", url, headers } as const;
}

function parseToken(request: AuthorizeRequest, content: unknown): Authorization {
  const answer = Check(TokenAnswer, content) ? content : {};
  const token = answer.token ?? answer.access_token;
  if (token === undefined || !/^[\w.~+/=:-]+$/u.test(token)) {
    throw deny(request, "gave no usable token; its token service answered something else");
  }
  const lifeSeconds = answer.expires_in ?? defaultLifeSeconds;
  // A tenth less: a token that runs out on the way costs a whole round trip.
  return { header: `Bearer ${token}`, expiresAtMs: Date.now() + lifeSeconds * 900 };
}

async function readJson(answer: HttpAnswer): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await readBody(answer, maxTokenBytes)));
  } catch {
    return null;
  }
}

function formatBasic({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
