import { execa } from "execa";

import type { Host } from "./host.ts";

/** This machine. */
export function createLocalHost({ name, folder }: { name: string; folder: string }): Host {
  return {
    name,
    folder,
    async run({ argv: [program, ...args], input = "" }) {
      const {
        exitCode = 127,
        stdout,
        stderr,
      } = await execa(program, args, {
        input,
        reject: false,
        stripFinalNewline: false,
      });
      return { exitCode, stdout, stderr };
    },
    async reach(address) {
      if (address.startsWith("/")) return { socketPath: address };
      const at = address.lastIndexOf(":");
      return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
    },
    async close() {},
  };
}
