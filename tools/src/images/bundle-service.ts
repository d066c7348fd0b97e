import path from "node:path";
import { stripVTControlCharacters } from "node:util";

import { rolldown, type OutputChunk, type RolldownOutput } from "rolldown";

import { SlipwayError } from "../errors.ts";

/** Code of one service, ready to run with `node main.js`. */
export interface Bundle {
  /** The service's own code and our libraries: `main.js` and what it loads later. */
  app: BundledFile[];
  /** Everything from npm that the code uses. */
  vendor: BundledFile[];
  /** Packages that the code loads from node_modules, because they were not bundled. */
  external: string[];
  /** Files of ours that are in the code, relative to the workspace, sorted. */
  sources: string[];
}

export interface BundledFile {
  /** Relative to the folder of `main.js`. */
  path: string;
  code: string;
}

export interface BundleRequest {
  /** Absolute. */
  workspace: string;
  /** Folder of the service, relative to the workspace. */
  folder: string;
  /** Names of packages that stay outside. */
  external: readonly string[];
}

/** A function of the sources only: no absolute path, date or source map gets into the code. */
export async function bundleService(request: BundleRequest): Promise<Bundle> {
  const used = new Set<string>();
  const output = await runRolldown(request, used).catch((cause: unknown) => {
    throw describeFailure(request, cause);
  });
  const chunks = output.output.filter((file) => file.type === "chunk");
  const [vendor, app] = partition(chunks, isVendor);
  return {
    app,
    vendor,
    external: [...used].toSorted(),
    sources: listSources(request.workspace, chunks),
  };
}

function listSources(workspace: string, chunks: readonly OutputChunk[]): string[] {
  return chunks
    .flatMap(({ moduleIds }) => moduleIds)
    .filter((id) => path.isAbsolute(id) && !id.includes("/node_modules/"))
    .map((id) => path.relative(workspace, id))
    .toSorted();
}

async function runRolldown(
  { workspace, folder, external }: BundleRequest,
  used: Set<string>,
): Promise<RolldownOutput> {
  const bundle = await rolldown({
    cwd: workspace,
    input: { main: path.join(workspace, folder, "src/main.ts") },
    platform: "node",
    tsconfig: false,
    logLevel: "silent",
    plugins: [recordExternal(external, used)],
  });
  try {
    return await bundle.generate({
      format: "esm",
      entryFileNames: "[name].js",
      chunkFileNames: "[name].js",
      banner: (chunk) => (isVendor(chunk) ? commonJsNames : ""),
      codeSplitting: {
        groups: [{ name: "vendor", test: /[\\/]node_modules[\\/]|rolldown[\\/]runtime/u }],
      },
    });
  } finally {
    await bundle.close();
  }
}

/** Packages written as CommonJS may ask where they are; what lies beside them in npm is not in an image. */
const commonJsNames =
  "const __filename = import.meta.filename; const __dirname = import.meta.dirname;";

function recordExternal(names: readonly string[], used: Set<string>) {
  const patterns = names.map((name) => `${name.replaceAll(".", String.raw`\.`)}(?:/.*)?`);
  return {
    name: "record-external",
    resolveId: {
      filter: { id: new RegExp(`^(?:${patterns.join("|") || "(?!)"})$`, "u") },
      handler(id: string) {
        used.add(formatPackageName(id));
        return { id, external: true };
      },
    },
  };
}

/** `@scope/name/file` → `@scope/name`. */
function formatPackageName(id: string): string {
  return id
    .split("/")
    .slice(0, id.startsWith("@") ? 2 : 1)
    .join("/");
}

function isVendor(chunk: Pick<OutputChunk, "moduleIds">): boolean {
  return chunk.moduleIds.every((id) => id.includes("/node_modules/") || id.startsWith("\0"));
}

function partition(
  chunks: readonly OutputChunk[],
  test: (chunk: OutputChunk) => boolean,
): [BundledFile[], BundledFile[]] {
  const pick = (wanted: boolean) =>
    chunks
      .filter((chunk) => test(chunk) === wanted)
      .map((chunk) => ({ path: chunk.fileName, code: chunk.code }));
  return [pick(true), pick(false)];
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
