import { vi } from "vitest";

export interface FakeRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  token: string | null;
  body: unknown;
}

export interface FakeAnswer {
  status?: number;
  body: unknown;
}

type Handler = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;

export interface FakeApi {
  requests: FakeRequest[];
  /** "GET /api/events/" for each request so far, in order. */
  calls: () => string[];
}

/** Answers what the page fetches; what nobody answers for is a 404, as at the gateway. */
export function startFakeApi(handlers: Record<string, Handler>): FakeApi {
  const requests: FakeRequest[] = [];
  vi.stubGlobal("fetch", async (input: string, init: RequestInit = {}) => {
    const request = readRequest(input, init);
    requests.push(request);
    const handler = handlers[`${request.method} ${request.path}`];
    const answer = handler === undefined ? unknownRoute : await handler(request);
    return Response.json(answer.body, { status: answer.status ?? 200 });
  });
  return { requests, calls: () => requests.map(({ method, path }) => `${method} ${path}`) };
}

export function ok(data: unknown, more: object = {}): FakeAnswer {
  return { body: { success: true, data, ...more } };
}

export function refuse(status: number, fault: string | Record<string, string[]>): FakeAnswer {
  const detail = typeof fault === "string" ? { message: fault } : { errors: fault };
  return { status, body: { success: false, ...detail } };
}

const unknownRoute = refuse(404, "No such route.");

function readRequest(input: string, init: RequestInit): FakeRequest {
  const url = new URL(input, "http://localhost");
  return {
    method: init.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    token: new Headers(init.headers).get("x-auth-token"),
    body: typeof init.body === "string" ? JSON.parse(init.body) : null,
  };
}
