import { execa } from "execa";

import { programsEnv } from "./programs.ts";
import { runProgram } from "./run-program.ts";

/** The engine on this machine leaves its chains and bridges behind; without another engine they are nobody's. */
export async function removeFilterRules(): Promise<void> {
  const rules = await runProgram("iptables-save").catch(() => "");
  const kept = rules
    .split("\n")
    .filter((line) => !/DOCKER|docker0|br-[0-9a-f]{12}|\b172\.\d+\.0\.0\/16/u.test(line));
  if (kept.length !== rules.split("\n").length) {
    await execa("iptables-restore", [], {
      input: `${kept.join("\n")}\n`,
      env: { ...programsEnv() },
    });
  }
  const links = await runProgram("ip", "-o", "link", "show", "type", "bridge").catch(() => "");
  for (const [, name = ""] of links.matchAll(/^\d+: (docker0|br-[0-9a-f]{12}):/gmu)) {
    await runProgram("ip", "link", "delete", name).catch(() => "");
  }
}
