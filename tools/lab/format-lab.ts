import { quoteArgv } from "../src/hosts/quote-argv.ts";
import type { LabFacts } from "./lab-facts.ts";

export function formatLab({ hosts, registry, startedAt, bases }: LabFacts): string {
  const lines = hosts.map(
    ({ name, ssh, socket, pid }) =>
      `  ${name.padEnd(5)} ${ssh ?? "this machine"}, engine ${socket}, process ${pid}`,
  );
  return [
    `The lab is up since ${startedAt}.`,
    ...lines,
    `  registry ${registry} (plain HTTP)`,
    `  base images in ${bases}: node, postgres, haproxy`,
  ].join("\n");
}

/** For `eval` of a shell. */
export function formatExports(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${quoteArgv([`${name}=${value}`])}`)
    .join("\n");
}
