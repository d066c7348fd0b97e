import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface RunningService {
  /** `http://127.0.0.1:port` */
  url: string;
  stop(): Promise<void>;
}

export type Environment = Readonly<Record<string, string>>;

const services = join(import.meta.dirname, "..", "..", "services");

/** The real process of a service, as its image runs it, on a free port; it ends with this process or before. */
export async function startService(
  name: string,
  environment: Environment,
): Promise<RunningService> {
  const child = spawn(process.execPath, [planMain(name), "serve"], {
    env: { HOST: "127.0.0.1", PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const endChild = () => void child.kill("SIGKILL");
  process.once("exit", endChild);
  return {
    url: await readAddress(name, child),
    async stop() {
      process.off("exit", endChild);
      if (child.exitCode === null) {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
    },
  };
}

/** `migrate` or `seed`: runs to its end. */
export async function runService(
  name: string,
  command: "migrate" | "seed",
  environment: Environment,
): Promise<void> {
  const child = spawn(process.execPath, [planMain(name), command], {
    env: { TEST_DATA: "true", LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) {
    throw new Error(`${name} ${command} ended with ${code}. Its output is above.`);
  }
}

function planMain(name: string): string {
  return join(services, name, "src", "main.ts");
}

/** From the line that says where it listens; the lines after it are read and forgotten. */
function readAddress(name: string, child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    child.once("exit", (code) =>
      reject(new Error(`${name} ended with ${code} before it listened:\n${lines.join("\n")}`)),
    );
    if (child.stdout === null) {
      return;
    }
    createInterface(child.stdout).on("line", (line) => {
      const address = /"address":"([^"]+)"/.exec(line)?.[1];
      if (address === undefined) {
        lines.splice(0, lines.length - 20, line);
      } else {
        resolve(address);
      }
    });
  });
}
