import { once } from "node:events";
import type { Server } from "node:http";

export interface ListenOptions {
  /** 0 for any free one. */
  port: number;
  /** `localhost` stands for 127.0.0.1 and, where the machine has it, ::1. */
  host: string;
}

export interface Listening {
  port: number;
  servers: Server[];
}

/** Listens on every address of the host, with the same port. Throws the system's error, `EADDRINUSE` for one. */
export async function listenOnLoopback(
  create: () => Server,
  { port, host }: ListenOptions,
): Promise<Listening> {
  const first = await listenOn(create(), port, host === "localhost" ? "127.0.0.1" : host);
  const servers = [first.server];
  if (host === "localhost") {
    const second = await listenOn(create(), first.port, "::1").catch(async (cause: unknown) => {
      if (isMissingAddress(cause)) return null;
      first.server.close();
      throw cause;
    });
    if (second !== null) servers.push(second.server);
  }
  return { port: first.port, servers };
}

async function listenOn(server: Server, port: number, host: string) {
  server.listen({ port, host });
  await once(server, "listening");
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : port };
}

function isMissingAddress(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  return code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT";
}
