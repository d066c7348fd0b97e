import { inject } from "vitest";

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  as?: { tokens: Tokens };
}

/** For what a flow needs but is not about; throws unless the service agrees. */
export async function callApi<T>(path: string, call: Call = {}): Promise<T> {
  const { method = "GET", body, as: person } = call;
  const response = await fetch(`${inject("address")}/api/${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(person === undefined ? {} : { "x-auth-token": person.tokens.accessToken }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(15_000),
  });
  const text = await response.text();
  if (!response.ok) {
    const id = response.headers.get("x-request-id");
    throw new Error(`${method} /api/${path} answered ${response.status}: ${text} (request ${id})`);
  }
  const answer: { data: T } = JSON.parse(text);
  return answer.data;
}
