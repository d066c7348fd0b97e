import { setTimeout as delay } from "node:timers/promises";

import type { Static, TSchema } from "typebox";
import { Check } from "typebox/value";

import { ServiceCallError } from "./service-call-error.ts";

export interface ServiceClientOptions {
  /** Base URL of the called service, without a slash at the end. */
  url: string;
  /** Name and token of the calling service. */
  service: string;
  token: string;
  /** The id of the request that this call belongs to, if any. */
  requestId?: () => string | undefined;
  /** Of one attempt. */
  timeoutMs?: number;
}

export interface ServiceCall {
  method: "GET" | "POST";
  path: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Send none of our own credentials: the question is asked in somebody else's name. */
  isForSomebodyElse?: boolean;
  /** Only for calls that may run twice without harm. */
  retries?: number;
}

export interface ServiceAnswer {
  status: number;
  body: unknown;
}

const RETRY_PAUSE_MS = 100;

/** One call to another service. Network faults, timeouts and 5xx end as `ServiceCallError`; 4xx is the caller's to judge. */
export async function callService(
  options: ServiceClientOptions,
  call: ServiceCall,
): Promise<ServiceAnswer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await callOnce(options, call);
    } catch (error) {
      if (attempt >= (call.retries ?? 0)) {
        throw error;
      }
      await delay(RETRY_PAUSE_MS * 2 ** attempt);
    }
  }
}

/** The `data` of an envelope, checked against the contract: a neighbour that broke it is found here, not later. */
export function readData<T extends TSchema>(
  schema: T,
  answer: ServiceAnswer,
  path: string,
): Static<T> {
  const { body, status } = answer;
  const data = typeof body === "object" && body !== null && "data" in body ? body.data : undefined;
  if (!Check(schema, data)) {
    throw new ServiceCallError(`${path} answered ${status} with data that breaks its contract.`, {
      status,
    });
  }
  return data;
}

async function callOnce(options: ServiceClientOptions, call: ServiceCall): Promise<ServiceAnswer> {
  const response = await fetchOrFail(options, call);
  const text = await readText(response, call.path);
  if (response.status >= 500) {
    throw new ServiceCallError(`${options.url}${call.path} answered ${response.status}.`, {
      status: response.status,
    });
  }
  return { status: response.status, body: parseJson(text) };
}

async function fetchOrFail(options: ServiceClientOptions, call: ServiceCall): Promise<Response> {
  const timeoutMs = options.timeoutMs ?? 3000;
  try {
    return await fetch(`${options.url}${call.path}`, {
      method: call.method,
      headers: planHeaders(options, call),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
  } catch (cause) {
    throw new ServiceCallError(
      `${options.url}${call.path} did not answer within ${timeoutMs} ms.`,
      { cause },
    );
  }
}

async function readText(response: Response, path: string): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new ServiceCallError(`The answer of ${path} broke off.`, { cause });
  }
}

function planHeaders(options: ServiceClientOptions, call: ServiceCall): Record<string, string> {
  const requestId = options.requestId?.();
  return {
    accept: "application/json",
    ...(call.isForSomebodyElse === true
      ? {}
      : { "x-service": options.service, "x-service-token": options.token }),
    ...(requestId === undefined ? {} : { "x-request-id": requestId }),
    ...(call.body === undefined ? {} : { "content-type": "application/json" }),
    ...call.headers,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
