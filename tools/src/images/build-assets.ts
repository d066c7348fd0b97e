import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

import { execa } from "execa";
import { Type } from "typebox";
import { Check } from "typebox/value";

import { SlipwayError } from "../errors.ts";
import type { Service } from "../workspace/service-manifest.ts";

const timeoutMs = 5 * 60_000;

const WithBuild = Type.Object({ scripts: Type.Object({ build: Type.String() }) });

/** Runs the service's script `build`, if it has one, and returns the folder of what it made. */
export async function buildAssets(
  workspace: string,
  service: Service,
  assets: string,
): Promise<string> {
  const home = path.join(workspace, service.folder);
  const manifest: unknown = JSON.parse(await readFile(path.join(home, "package.json"), "utf8"));
  if (Check(WithBuild, manifest)) {
    await runBuild(workspace, service);
  }
  const folder = path.join(home, assets);
  await access(folder).catch((cause: unknown) => {
    throw new SlipwayError("IMAGE_BUILD_FAILED", `${service.folder}/${assets} is missing.`, {
      hint: `Its package.json names it under service.assets; the script "build" should make it.`,
      cause,
    });
  });
  return folder;
}

async function runBuild(workspace: string, service: Service): Promise<void> {
  const result = await execa("npm", ["run", "--silent", "build"], {
    cwd: path.join(workspace, service.folder),
    env: planBuildEnv(),
    extendEnv: false,
    timeout: timeoutMs,
    all: true,
    reject: false,
  });
  if (result.failed) {
    throw new SlipwayError("IMAGE_BUILD_FAILED", `The script "build" of ${service.name} failed.`, {
      details: pickLines(result.all, workspace),
      hint: `Run it by hand: npm run build --workspace=${service.packageName}`,
    });
  }
}

/** The last lines of the output that say something: no stack frames, no folders of this machine. */
function pickLines(output: string, workspace: string): string[] {
  const lines = stripVTControlCharacters(output).replaceAll(`${workspace}/`, "").split("\n");
  return lines.filter((line) => line.trim() !== "" && !/^\s+at /u.test(line)).slice(-20);
}

/** Nothing of this machine but where programs are: the same sources give the same assets everywhere. */
function planBuildEnv(): Record<string, string> {
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, TZ: "UTC", LANG: "C.UTF-8", CI: "true", SOURCE_DATE_EPOCH: "0" };
}
