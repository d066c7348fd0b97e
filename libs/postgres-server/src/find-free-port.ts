import { once } from "node:events";
import { createServer } from "node:net";

/** A port that was free a moment ago; whoever binds it must be ready to ask again. */
export async function findFreePort(host = "127.0.0.1"): Promise<number> {
  const server = createServer();
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") {
    throw new Error(`No free port was found on ${host}.`);
  }
  return address.port;
}
