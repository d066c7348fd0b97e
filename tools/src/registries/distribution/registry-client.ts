import { SlipwayError } from "../../errors.ts";
import { isLoopbackHost } from "./address-zone.ts";
import { authorize, deny, type Authorization } from "./authorize.ts";
import type { Credentials } from "./docker-credentials.ts";
import { guardTarget } from "./guard-target.ts";
import { retryRequest, type Patience } from "./retry-request.ts";
import { discardBody, sendRequest, type HttpAnswer, type HttpRequest } from "./send-request.ts";

export interface RegistryRequest {
  method: HttpRequest["method"];
  repository: string;
  actions: "pull" | "pull,push";
  /** Another repository that must be readable for it. */
  alsoPull?: string;
  /** Below `/v2/<repository>/`, or where an earlier answer sent us. */
  to: string | URL;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array;
  /** False when the request spends what it is sent to, so that only its caller can start over. */
  isRepeatable?: boolean;
}

export interface RegistryClient {
  /** As people write it. */
  name: string;
  patience: Patience;
  /** The first answer that is neither a redirect, a challenge, nor a passing trouble. */
  send: (request: RegistryRequest) => Promise<HttpAnswer>;
}

interface ClientState {
  name: string;
  origin: URL;
  patience: Patience;
  readCredentials: () => Promise<Credentials | null>;
  authorizations: Map<string, Authorization>;
}

const maxRedirects = 5;

/** One registry, by the name people write: `docker.io`, `localhost:5000`. */
export function createRegistryClient(
  name: string,
  { patience, readCredentials }: Pick<ClientState, "patience" | "readCredentials">,
): RegistryClient {
  const origin = parseOrigin(name);
  const state = { name, origin, patience, readCredentials, authorizations: new Map() };
  return {
    name,
    patience,
    send: (request) =>
      request.isRepeatable === false
        ? sendAuthorized(state, request)
        : retryRequest(name, patience, () => sendAuthorized(state, request)),
  };
}

/** HTTPS everywhere but on this machine. */
function parseOrigin(name: string): URL {
  const host = name === "docker.io" ? "registry-1.docker.io" : name;
  const url = URL.parse(`https://${host}/`);
  if (url === null || url.host !== host.replace(/:443$/u, "").toLowerCase()) {
    throw new SlipwayError("CONFIG_INVALID", `${JSON.stringify(name)} is not a registry's name.`, {
      hint: "Expected a host, and a port if it is not 443: ghcr.io, localhost:5000",
    });
  }
  return isLoopbackHost(url.hostname) ? new URL(`http://${host}/`) : url;
}

async function sendAuthorized(state: ClientState, request: RegistryRequest): Promise<HttpAnswer> {
  const scopes = planScopes(request);
  const key = scopes.join(" ");
  const first = await follow(state, request, readKnown(state, key));
  if (first.status !== 401 || first.url.origin !== state.origin.origin) {
    return requirePermission(state, request, first);
  }
  await discardBody(first);
  const authorization = await authorize({
    name: state.name,
    registry: state.origin,
    scopes,
    challenge: first.headers["www-authenticate"],
    credentials: await state.readCredentials(),
    patience: state.patience,
  });
  state.authorizations.set(key, authorization);
  return requirePermission(state, request, await follow(state, request, authorization));
}

/** The target first: some token services only look at one. */
function planScopes({ repository, actions, alsoPull }: RegistryRequest): string[] {
  const source = alsoPull === undefined ? [] : [`repository:${alsoPull}:pull`];
  return [`repository:${repository}:${actions}`, ...source];
}

function readKnown({ authorizations }: ClientState, key: string): Authorization | undefined {
  const known = authorizations.get(key);
  return known !== undefined && known.expiresAtMs > Date.now() ? known : undefined;
}

/** A token may be given out with fewer rights than asked for, so a 401 after it is final. */
async function requirePermission(
  state: ClientState,
  { repository, actions }: RegistryRequest,
  answer: HttpAnswer,
): Promise<HttpAnswer> {
  if (answer.status !== 401 && answer.status !== 403) {
    return answer;
  }
  await discardBody(answer);
  const wish = actions === "pull" ? "read" : "write to";
  throw deny(state, `does not let us ${wish} ${repository}; it answered ${answer.status}`);
}

async function follow(
  state: ClientState,
  request: RegistryRequest,
  authorization: Authorization | undefined,
): Promise<HttpAnswer> {
  let url =
    request.to instanceof URL
      ? request.to
      : new URL(`/v2/${request.repository}/${request.to}`, state.origin);
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const answer = await sendRequest(planHop(state, request, { url, authorization }));
    const next = readRedirect(request, answer);
    if (next === null) {
      return answer;
    }
    await discardBody(answer);
    url = next;
  }
  throw new SlipwayError(
    "REGISTRY_UNSAFE",
    `The registry ${state.name} redirected more than ${maxRedirects} times.`,
    { hint: "It sends requests round in a circle. Tell who runs it." },
  );
}

function planHop(
  { origin, patience }: ClientState,
  { method, headers, body }: RegistryRequest,
  { url, authorization }: { url: URL; authorization: Authorization | undefined },
): HttpRequest {
  const isOwn = url.origin === origin.origin;
  const lookup = guardTarget({ url, registry: origin, what: "A redirect", zones: ["public"] });
  return {
    method,
    url,
    headers: {
      ...headers,
      ...(isOwn && authorization !== undefined && { authorization: authorization.header }),
      ...(body !== undefined && { "content-length": String(body.byteLength) }),
    },
    body,
    lookup,
    idleMs: patience.idleMs,
  };
}

function readRedirect({ method }: RegistryRequest, { status, headers, url }: HttpAnswer) {
  const isRead = method === "GET" || method === "HEAD";
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  return isRead && isRedirect && headers.location !== undefined
    ? new URL(headers.location, url)
    : null;
}
