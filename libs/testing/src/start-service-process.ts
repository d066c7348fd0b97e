import { spawn, type ChildProcess } from "node:child_process";

/** A service's own process and where it listens. */
export interface ServiceProcess {
  child: ChildProcess;
  address: string;
}

/**
 * Starts the entry file of a service as its image does, on a free port, and waits until it listens.
 * Who starts it ends it. Throws when the process ends before it listens.
 */
export async function startServiceProcess(
  main: string,
  env: NodeJS.ProcessEnv,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main], {
    env: { HOST: "127.0.0.1", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { child, address: await readAddress(child) };
}

/** From the line that says where it listens. */
function readAddress(child: ChildProcess): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error(`The process ended before it listened: ${text}`)));
    child.stdout?.on("data", (chunk) => {
      text += String(chunk);
      const address = /"address":"([^"]+)"/.exec(text)?.[1];
      if (address !== undefined) {
        resolve(address);
      }
    });
  });
}
