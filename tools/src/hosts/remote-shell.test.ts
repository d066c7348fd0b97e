import { join } from "node:path";

import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";

import { openRemoteShell } from "./remote-shell.ts";

function openShell() {
  const shell = openRemoteShell(["sh", "-c", "exec sh"]);
  onTestFinished(() => shell.close());
  return shell;
}

test.each([
  ["what it prints, to the byte", ["printf", "a\\n\\nb"], "", { exitCode: 0, stdout: "a\n\nb" }],
  [
    "its input, whatever is in it",
    ["cat"],
    "it's $HOME\n\u00e4\0",
    { stdout: "it's $HOME\n\u00e4\0" },
  ],
  [
    "arguments as they are",
    ["printf", "%s|", "$(id)", "a b", "it's"],
    "",
    { stdout: "$(id)|a b|it's|" },
  ],
  [
    "an exit code and what it complains",
    ["sh", "-c", "echo no >&2; exit 7"],
    "",
    { exitCode: 7, stderr: "no\n" },
  ],
  ["nothing from the shell's own input", ["cat"], "", { exitCode: 0, stdout: "" }],
] as const)("a command gets or gives %s", async (...[, argv, input, expected]) => {
  const shell = openShell();

  const results = [await shell.run({ argv, input }), await shell.run({ argv, input })];

  expect(results).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)]);
});

test("commands at the same time get their own answers", async () => {
  const shell = openShell();
  const numbers = Array.from({ length: 50 }, (_unused, index) => String(index));

  const results = await Promise.all(numbers.map((text) => shell.run({ argv: ["echo", text] })));

  expect(results.map((result) => result?.stdout)).toEqual(numbers.map((text) => `${text}\n`));
});

test("a large answer arrives whole", async () => {
  const argv = ["head", "-c", "3000000", "/dev/zero"] as const;

  const result = await openShell().run({ argv });

  expect(result?.stdout).toHaveLength(3_000_000);
});

test("says that the connection is lost, to whoever waits and to whoever comes later", async () => {
  const shell = openShell();

  const both = [shell.run({ argv: ["sh", "-c", "kill -9 $PPID"] }), shell.run({ argv: ["true"] })];

  expect(await Promise.all(both)).toEqual([null, null]);
});

test("a program that is not there is a lost connection too", async () => {
  const shell = openRemoteShell(["/nowhere/ssh"]);

  expect(await shell.run({ argv: ["true"] })).toBeNull();
});

test("a shell that waits keeps no process from ending", async () => {
  const module = join(import.meta.dirname, "remote-shell.ts");
  const program = `import { openRemoteShell } from ${JSON.stringify(module)};
    const { stdout } = await openRemoteShell(["sh"]).run({ argv: ["echo", "done"] });
    process.stdout.write(stdout);`;

  const { stdout, timedOut } = await execa(process.execPath, ["-e", program], { timeout: 20_000 });

  expect([stdout, timedOut]).toEqual(["done", false]);
});
