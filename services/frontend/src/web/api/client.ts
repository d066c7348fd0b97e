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

/** How many rows a page has, where all are read. */
export const LONG_PAGE = 500;

/** All of a list, page by page, for tables that are searched and judged as a whole. */
export async function fetchAll<T>(path: string, query: ApiRequest["query"] = {}): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const page = { ...query, limit: LONG_PAGE, offset: all.length };
    const { data, meta } = await callApi<T[]>(path, { query: page });
    all.push(...data);
    if (data.length === 0 || all.length >= (meta?.count ?? 0)) return all;
  }
}

async function send(
  path: string,
  request: ApiRequest,
  accessToken: string | null,
): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  if (accessToken !== null) headers.set("x-auth-token", accessToken);
  const body = formatBody(request.body);
  if (typeof body === "string") headers.set("content-type", "application/json");

  try {
    return await fetch(formatUrl(path, request.query), {
      method: request.method ?? "GET",
      headers,
      body,
    });
  } catch {
    throw new ApiError(0, "MyAEGEE cannot be reached. Please check your connection and try again.");
  }
}

/** A form goes as it is, with its files; everything else as JSON. */
function formatBody(body: unknown): BodyInit | null {
  if (body === undefined) return null;
  return body instanceof FormData ? body : JSON.stringify(body);
}

function formatUrl(path: string, query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  }
  const search = parameters.toString();
  return search === "" ? `/api/${path}` : `/api/${path}?${search}`;
}
