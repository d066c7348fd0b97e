import path from "node:path";

import { execa } from "execa";

import type { Scratch } from "./write-scratch.ts";

const root = path.resolve(import.meta.dirname, "../../..");

/** Asks one tool which services a change affects, as a whole process, the way CI does. */
export type Judge = (scratch: Scratch) => Promise<readonly string[]>;

export const askSlipway: Judge = async ({ folder, base }) => {
  const { stdout } = await execa(
    process.execPath,
    [path.join(root, "tools/bin/slipway.js"), "changes", "--json", `--base=${base}`],
    // It ends with the gate's verdict: no changeset covers these changes, and none is meant to.
    { cwd: folder, reject: false, stripFinalNewline: true },
  );
  const document: { affected: { service: string }[] } = JSON.parse(stdout.split("\n").at(-1) ?? "");
  return document.affected.map(({ service }) => service);
};

export const askNx: Judge = async ({ folder, base }) => {
  const { stdout } = await execa(
    path.join(root, "node_modules/.bin/nx"),
    ["affected", "-t", "image", `--base=${base}`, "--head=HEAD", "--explain=stdout"],
    { cwd: folder, env: { NX_DAEMON: "false", NX_LEGACY_AFFECTED: "false" } },
  );
  const start = stdout.indexOf("{");
  if (start < 0) return [];
  const document: { affected: object } = JSON.parse(stdout.slice(start));
  return Object.keys(document.affected).map((task) =>
    task.replace(/^@x\//u, "").replace(/:image$/u, ""),
  );
};

export function createTurboJudge(program: string): Judge {
  return async ({ folder, base }) => {
    const { stdout } = await execa(program, ["ls", "--affected", "--output=json"], {
      cwd: folder,
      env: { TURBO_SCM_BASE: base, TURBO_TELEMETRY_DISABLED: "1" },
    });
    const document: { packages: { items: { name: string }[] } } = JSON.parse(stdout);
    return document.packages.items
      .map(({ name }) => name.replace("@x/", ""))
      .filter((name) => name.startsWith("svc-"));
  };
}
