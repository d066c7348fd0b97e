import { Agent, request as openRequest } from "node:http";

import { type ErrorCode, errorKinds, SlipwayError } from "../errors.ts";
import { epochHeader } from "./fence.ts";
import type { ControlFailure, MethodName, Params, Result } from "./protocol.ts";

export interface ControlClient {
  call<M extends MethodName>(
    method: M,
    params: Params<M>,
    signal?: AbortSignal,
  ): Promise<Result<M>>;
  close(): void;
}

/**
 * Speaks to the daemon behind this socket. Fails with ENOENT or ECONNREFUSED when none is there. The epoch is of the
 * lock held; without one the daemon of an environment that was ever locked changes nothing.
 */
export function createControlClient(socketPath: string, epoch = 0): ControlClient {
  const agent = new Agent({ keepAlive: true });
  return {
    async call(method, params, signal) {
      const { status, body } = await post({ socketPath, agent, epoch, method, params, signal });
      if (status !== 200) throw rebuildError(JSON.parse(body));
      return JSON.parse(body);
    },
    close: () => agent.destroy(),
  };
}

interface Post {
  socketPath: string;
  agent: Agent;
  epoch: number;
  method: string;
  params: unknown;
  signal: AbortSignal | undefined;
}

async function post({ socketPath, agent, epoch, method, params, signal }: Post) {
  return await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = openRequest({
      socketPath,
      agent,
      method: "POST",
      path: `/${method}`,
      headers: { [epochHeader]: String(epoch) },
      signal,
    });
    request.once("error", reject);
    request.once("response", (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      answer.once("error", reject);
      answer.once("end", () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    request.end(JSON.stringify(params));
  });
}

function rebuildError({ code, message, hint }: ControlFailure): Error {
  if (code === null || !isErrorCode(code)) return new Error(`The environment's daemon: ${message}`);
  return new SlipwayError(code, message, hint === null ? {} : { hint });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorKinds, code);
}
