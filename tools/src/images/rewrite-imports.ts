import { isBuiltin } from "node:module";

import { parseSync, type ParseResult } from "rolldown/utils";

import type { BundledFile } from "./bundle.ts";

/** What code takes from packages: names by specifier. `*` is the whole module; an empty list its effects only. */
export type VendorUses = ReadonlyMap<string, readonly string[]>;

/** File that the imports are turned to, beside `main.js`. */
export const vendorFile = "vendor.js";

type StaticImport = ParseResult["module"]["staticImports"][number];

/**
 * Turns imports of packages into imports from the vendor file, and says what must be in it. Null when the code
 * loads packages in a way that a list of names can't say: then everything is bundled in one pass.
 */
export function rewriteImports(
  files: readonly BundledFile[],
  isBundled: (specifier: string) => boolean,
): { files: BundledFile[]; uses: VendorUses } | null {
  const uses = new Map<string, Set<string>>();
  const isVendor = (specifier: string) =>
    /^[^./#]/u.test(specifier) && !isBuiltin(specifier) && isBundled(specifier);
  const rewritten: BundledFile[] = [];
  for (const { path, code } of files) {
    const { module } = parseSync(path, code);
    if (usesOtherForms(module, code, isVendor)) {
      return null;
    }
    const imports = module.staticImports.filter((each) => isVendor(each.moduleRequest.value));
    imports.forEach((each) => addUses(uses, each));
    rewritten.push({ path, code: replaceImports(code, imports) });
  }
  const names = [...uses].map(([specifier, set]) => [specifier, [...set].toSorted()] as const);
  return { files: rewritten, uses: new Map(names.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

function usesOtherForms(
  { staticExports, dynamicImports }: ParseResult["module"],
  code: string,
  isVendor: (specifier: string) => boolean,
): boolean {
  const exported = staticExports.flatMap(({ entries }) =>
    entries.map(({ moduleRequest }) => moduleRequest?.value ?? "."),
  );
  const loaded = dynamicImports.map(({ moduleRequest }) =>
    code.slice(moduleRequest.start, moduleRequest.end).replaceAll(/["'`]/gu, ""),
  );
  return [...exported, ...loaded].some(isVendor);
}

function addUses(uses: Map<string, Set<string>>, { moduleRequest, entries }: StaticImport): void {
  const names = uses.get(moduleRequest.value) ?? new Set();
  entries.forEach((entry) => names.add(formatName(entry)));
  uses.set(moduleRequest.value, names);
}

function formatName({ importName }: StaticImport["entries"][number]): string {
  switch (importName.kind) {
    case "NamespaceObject":
      return "*";
    case "Default":
      return "default";
    case "Name":
      return importName.name ?? "default";
  }
}

function replaceImports(code: string, imports: readonly StaticImport[]): string {
  // From the end, so that the earlier positions stay right.
  return imports.toReversed().reduce((text, each) => {
    return `${text.slice(0, each.start)}${formatImport(each)}${text.slice(each.end)}`;
  }, code);
}

function formatImport({ moduleRequest, entries }: StaticImport): string {
  const names = entries.map(
    (entry) => `${formatAlias(moduleRequest.value, formatName(entry))} as ${entry.localName.value}`,
  );
  return names.length === 0
    ? `import "./${vendorFile}";`
    : `import { ${names.join(", ")} } from "./${vendorFile}";`;
}

/** Name under which the vendor file exports one name of a package; different for different pairs. */
export function formatAlias(specifier: string, name: string): string {
  return `$${escape(specifier)}$${name === "*" ? "$" : name}`;
}

function escape(specifier: string): string {
  return specifier.replaceAll(
    /[^A-Za-z0-9]/gu,
    (character) => `_${character.charCodeAt(0).toString(16)}_`,
  );
}
