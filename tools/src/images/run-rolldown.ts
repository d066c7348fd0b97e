import path from "node:path";
import { stripVTControlCharacters } from "node:util";

import { rolldown, type OutputChunk, type Plugin } from "rolldown";

import { SlipwayError } from "../errors.ts";
import type { BundledFile, BundleRequest } from "./bundle.ts";

export interface RolldownTask {
  request: BundleRequest;
  /** Name of the entry in the output, and its file. */
  entry: readonly [name: string, file: string];
  plugins: Plugin[];
  /** Packages only: nothing is to be told apart. */
  isOneFile?: boolean;
}

/** Packages written as CommonJS may ask where they are; what lies beside them in npm is not in an image. */
const commonJsNames =
  "const __filename = import.meta.filename; const __dirname = import.meta.dirname;";

/** A function of the sources only: no absolute path, date or source map gets into the code. */
export async function runRolldown(task: RolldownTask): Promise<OutputChunk[]> {
  const { request, entry } = task;
  try {
    const bundle = await rolldown({
      cwd: request.workspace,
      input: Object.fromEntries([entry]),
      platform: "node",
      tsconfig: false,
      logLevel: "silent",
      plugins: task.plugins,
    });
    const { output } = await bundle.generate({
      format: "esm",
      entryFileNames: "[name].js",
      chunkFileNames: "[name].js",
      banner: (chunk) => (task.isOneFile === true || isVendor(chunk) ? commonJsNames : ""),
      codeSplitting:
        task.isOneFile === true
          ? false
          : { groups: [{ name: "vendor", test: /[\\/]node_modules[\\/]/u }] },
    });
    await bundle.close();
    return output.filter((file) => file.type === "chunk");
  } catch (cause) {
    throw describeFailure(request, cause);
  }
}

/** Leaves imports of the named packages as they are, and notes which of them there are. */
export function keepExternal(names: readonly string[], note: (specifier: string) => void): Plugin {
  const patterns = names.map((name) => `${name.replaceAll(".", String.raw`\.`)}(?:/.*)?`);
  return {
    name: "keep-external",
    resolveId: {
      filter: { id: new RegExp(`^(?:${patterns.join("|") || "(?!)"})$`, "u") },
      handler(id) {
        note(id);
        return { id, external: true };
      },
    },
  };
}

export function isVendor(chunk: Pick<OutputChunk, "moduleIds">): boolean {
  return chunk.moduleIds.every((id) => id.includes("/node_modules/") || id.startsWith("\0"));
}

export function toFile({ fileName, code }: OutputChunk): BundledFile {
  return { path: fileName, code };
}

/** Files of ours in the chunks, relative to the workspace. */
export function listSources(workspace: string, chunks: readonly OutputChunk[]): string[] {
  return chunks
    .flatMap(({ moduleIds }) => moduleIds)
    .filter((id) => path.isAbsolute(id) && !id.includes("/node_modules/"))
    .map((id) => path.relative(workspace, id))
    .toSorted();
}

/** Folders of packages whose code is in the chunks, relative to the workspace: `node_modules/fastify`. */
export function listBundledPackages(workspace: string, chunks: readonly OutputChunk[]): string[] {
  const folders = chunks
    .flatMap(({ moduleIds }) => moduleIds)
    .map((id) => path.relative(workspace, id.replace(/^\0|\?.*$/gu, "")))
    .map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].toSorted();
}

function describeFailure({ workspace, folder }: BundleRequest, cause: unknown): SlipwayError {
  const text = cause instanceof Error ? cause.message : String(cause);
  return new SlipwayError("IMAGE_BUILD_FAILED", `${folder}/src/main.ts could not be bundled.`, {
    details: stripVTControlCharacters(text)
      .replaceAll(`${workspace}/`, "")
      .split("\n")
      .slice(0, 20),
    hint: `Mend the code and run again. The compiler says more: npx tsc --build ${folder}`,
    cause,
  });
}
