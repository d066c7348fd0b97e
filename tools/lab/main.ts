/** `nx run tools:lab up|down|status|env`: engines, hosts and a registry on a bare Debian machine, for tests. */
import { down } from "./down.ts";
import { findHindrance } from "./find-hindrance.ts";
import { formatExports, formatLab } from "./format-lab.ts";
import { readLab } from "./lab-facts.ts";
import { programsEnv } from "./programs.ts";
import { up } from "./up.ts";

const say = (text: string): void => void process.stderr.write(`lab: ${text}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const startedMs = Date.now();
const command = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "status";
const hindrance = command === "status" || command === "env" ? null : await findHindrance();

if (hindrance !== null) {
  say(hindrance);
  process.exitCode = 1;
} else if (command === "up") {
  print(formatLab(await up(say)));
  say(`up after ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
} else if (command === "down") {
  await down(say);
} else if (command === "status") {
  const facts = await readLab();
  print(facts === null ? "No lab is up. Bring it up: npx nx run tools:lab up" : formatLab(facts));
} else if (command === "env") {
  print(formatExports(programsEnv()));
} else {
  say(`There is no command "${command}". There are: up, down, status, env.`);
  process.exitCode = 64;
}
