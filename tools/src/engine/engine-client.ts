import { type IncomingMessage, request as openRequest } from "node:http";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";

import { SlipwayError } from "../errors.ts";
import type { Host } from "../hosts/host.ts";
import { waitOut } from "./wait-out.ts";

export interface EngineRequest {
  method?: "GET" | "POST" | "DELETE";
  /** Below the API's version, with its query: `/containers/json?all=1`. */
  path: string;
  body?: object;
  /** A stream sent as it is, a tar archive. */
  upload?: Readable;
  signal?: AbortSignal;
}

/** One container engine, spoken to over its socket; locally or through the host's SSH connection. */
export interface EngineClient {
  host: Host;
  /** The answer, checked; null when the engine knows no such thing. Throws ENGINE_FAILED with the engine's words. */
  call<T extends TSchema>(schema: T, request: EngineRequest): Promise<Static<T> | null>;
  /** For answers without content; false when the engine knows no such thing. */
  send(request: EngineRequest): Promise<boolean>;
  /** The open answer; null when the engine knows no such thing. */
  open(request: EngineRequest): Promise<IncomingMessage | null>;
}

/** Docker Engine 25 and newer; it answers in the form of this version for years to come. */
const version = "v1.44";

export function createEngineClient(host: Host, socket: string): EngineClient {
  let hasAnswered = false;

  async function open(request: EngineRequest): Promise<IncomingMessage | null> {
    const answer = await ask(host, socket, request);
    hasAnswered = true;
    const { statusCode = 500 } = answer;
    if (statusCode < 400) return answer;
    const said = await text(answer);
    if (statusCode === 404) return null;
    throw explainRefusal(host, { ...request, said });
  }

  async function read(request: EngineRequest): Promise<string | null> {
    const answer = await open(request);
    if (answer === null) return null;
    return text(answer).catch((cause: Error) => {
      throw request.signal?.aborted === true ? cause : explainSilence(host, cause);
    });
  }

  /** Every request but an upload can be repeated: what is already so stays so. */
  function patiently<Result>(work: (request: EngineRequest) => Promise<Result>) {
    return async (request: EngineRequest): Promise<Result> =>
      request.upload === undefined
        ? waitOut(
            host,
            async () => work(request),
            () => hasAnswered,
          )
        : work(request);
  }
  const readPatiently = patiently(read);

  return {
    host,
    open: patiently(open),
    async call(schema, request) {
      const said = await readPatiently(request);
      if (said === null) return null;
      const content: unknown = JSON.parse(said);
      if (Value.Check(schema, content)) return content;
      const [fault] = Value.Errors(schema, content);
      throw explainRefusal(host, {
        ...request,
        said: `an answer we do not understand: ${fault?.instancePath ?? ""} ${fault?.message ?? ""}`,
      });
    },
    send: async (request) => (await readPatiently(request)) !== null,
  };
}

async function ask(host: Host, socket: string, request: EngineRequest): Promise<IncomingMessage> {
  const { method = "GET", path, body, upload, signal } = request;
  const reached = await host.reach(socket);
  const headers = {
    host: "engine",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(upload === undefined ? {} : { "content-type": "application/x-tar" }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = openRequest(
      {
        ...reached,
        method,
        path: `/${version}${path}`,
        headers,
        agent: false,
        ...(signal === undefined ? {} : { signal }),
      },
      resolve,
    );
    outgoing.once("error", (cause) =>
      reject(signal?.aborted === true ? cause : explainSilence(host, cause)),
    );
    if (upload === undefined) outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    else pipeline(upload, outgoing).catch(reject);
  });
}

function explainSilence({ name }: Host, cause: Error): SlipwayError {
  return new SlipwayError(
    "ENGINE_UNREACHABLE",
    `The container engine of ${name} does not answer: ${cause.message}.`,
    {
      hint: "Is Docker Engine 25 or newer installed and running there, and may the user use it?",
      cause,
    },
  );
}

function explainRefusal(
  { name }: Host,
  { method = "GET", path, said }: EngineRequest & { said: string },
): SlipwayError {
  const message = readMessage(said);
  return /no space left on device/iu.test(message)
    ? new SlipwayError("HOST_FULL", `The disk of ${name} is full: ${message}`, {
        hint: `Make room there, for example: docker -H ssh://${name} system prune`,
      })
    : new SlipwayError(
        "ENGINE_FAILED",
        `The engine of ${name} refused ${method} ${path}: ${message}`,
      );
}

function readMessage(said: string): string {
  try {
    const content: unknown = JSON.parse(said);
    const message: unknown =
      typeof content === "object" && content !== null && Reflect.get(content, "message");
    return typeof message === "string" ? message : said.trim();
  } catch {
    return said.trim();
  }
}
