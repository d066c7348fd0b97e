import { expect, test } from "vitest";

import { formatAlias, rewriteImports } from "./rewrite-imports.ts";

test("turns imports of packages to the vendor file and lists what they take", () => {
  const result = rewrite(`import Web, { route as r } from "web";
import * as all from "@scope/all";
import "effects";
import { readFile } from "node:fs";
import path from "path";
import { own } from "./own.js";
import { hash } from "native";
const naïve = "é" + Web + r + all + readFile + path + own + hash;
`);

  expect(result?.code).toMatchInlineSnapshot(`
    "import { $web$default as Web, $web$route as r } from "./vendor.js";
    import { $_40_scope_2f_all$$ as all } from "./vendor.js";
    import "./vendor.js";
    import { readFile } from "node:fs";
    import path from "path";
    import { own } from "./own.js";
    import { hash } from "native";
    const naïve = "é" + Web + r + all + readFile + path + own + hash;
    "
  `);
  expect(Object.fromEntries(result?.uses ?? [])).toEqual({
    "@scope/all": ["*"],
    effects: [],
    web: ["default", "route"],
  });
});

test("lists the same uses whatever the order of files and imports", () => {
  const one = file(`import { b } from "x"; import { a } from "x"; use(a, b);`);
  const two = file(`import c from "w"; use(c);`);

  expect([...(rewriteImports([one, two], () => true)?.uses ?? [])]).toEqual([
    ...(rewriteImports([two, one], () => true)?.uses ?? []),
  ]);
});

test.each(['const x = await import("web");', 'export { x } from "web";', 'export * from "web";'])(
  "gives up on %s",
  (code) => {
    expect(rewrite(code)).toBeNull();
  },
);

test("leaves other dynamic imports alone", () => {
  expect(rewrite('await import("./later.js"); await import("node:fs");')?.uses.size).toBe(0);
});

test("names of different packages never meet", () => {
  const names = ["a-b", "a_b", "a/b", "a.b", "@a/b"].map((specifier) =>
    formatAlias(specifier, "x"),
  );

  expect(new Set(names).size).toBe(names.length);
});

function rewrite(code: string) {
  const result = rewriteImports([file(code)], (specifier) => specifier !== "native");
  return result === null ? null : { code: result.files[0]?.code, uses: result.uses };
}

function file(code: string) {
  return { path: "main.js", code };
}
