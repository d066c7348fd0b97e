import { renewTokens } from "../session/renew-tokens.ts";
import { tokenStore } from "../session/token-store.ts";
import { ApiError } from "./api-error.ts";
import { type Envelope, readEnvelope } from "./envelope.ts";

export type QueryValue = string | number | boolean | null | undefined;

export interface ApiRequest {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  query?: Record<string, QueryValue>;
  body?: unknown;
}

/**
 * Calls `/api/<service>/…` as the user of this browser. A 401 renews the session once and repeats
 * the call; when the session cannot be renewed the call is repeated as a stranger, so that public
 * pages still work.
 */
export async function callApi<T>(path: string, request: ApiRequest = {}): Promise<Envelope<T>> {
  const accessToken = tokenStore.read()?.accessToken ?? null;
  const response = await send(path, request, accessToken);
  if (response.status !== 401 || accessToken === null) return readEnvelope<T>(response);

  const renewed = await renewTokens(accessToken);
  return readEnvelope<T>(await send(path, request, renewed?.accessToken ?? null));
}

/** The data of {@link callApi}, where nothing else of the answer matters. */
export async function fetchData<T>(path: string, request: ApiRequest = {}): Promise<T> {
  const envelope = await callApi<T>(path, request);
  return envelope.data;
}

async function send(
  path: string,
  request: ApiRequest,
  accessToken: string | null,
): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  if (accessToken !== null) headers.set("x-auth-token", accessToken);
  if (request.body !== undefined) headers.set("content-type", "application/json");

  try {
    return await fetch(formatUrl(path, request.query), {
      method: request.method ?? "GET",
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
    });
  } catch {
    throw new ApiError(0, "MyAEGEE cannot be reached. Please check your connection and try again.");
  }
}

function formatUrl(path: string, query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  }
  const search = parameters.toString();
  return search === "" ? `/api/${path}` : `/api/${path}?${search}`;
}
