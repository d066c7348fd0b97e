import { connect } from "node:net";

/** Sends these bytes and gives everything that comes back until the connection ends. */
export async function sendRaw(port: number, bytes: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    socket.once("error", reject);
    socket.once("close", () => resolve(text));
    socket.setTimeout(5000, () => socket.destroy());
  });
}
