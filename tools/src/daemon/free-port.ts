import { once } from "node:events";
import { createServer } from "node:net";

/** Below the ports that the system hands out to clients, so that none of those can take one of ours in between. */
const range = { first: 20_000, last: 31_999 };

/** A port on 127.0.0.1 that nobody listens on, and none of `taken`. */
export async function findFreePort(taken: ReadonlySet<number>): Promise<number> {
  const count = range.last - range.first + 1;
  const start = Math.floor(Math.random() * count);
  for (let step = 0; step < count; step += 1) {
    const port = range.first + ((start + step) % count);
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new Error(`Every port from ${range.first} to ${range.last} is taken.`);
}

export async function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host });
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
