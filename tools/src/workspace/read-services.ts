import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { Check } from "typebox/value";

import { SlipwayError } from "../errors.ts";
import { findManifestFaults, findNeedsFaults, type Fault } from "./find-service-faults.ts";
import { hasCode } from "./has-code.ts";
import { readSchemaRange } from "./read-schema-range.ts";
import { ServicePackage, type Service } from "./service-manifest.ts";

/**
 * Every service of the workspace, sorted by name: the folders in `services` whose package.json has `"service"`.
 * Throws CONFIG_INVALID with all faults of all services.
 */
export async function readServices(workspace: string): Promise<Service[]> {
  const folders = await listServiceFolders(workspace);
  const results = await Promise.all(folders.map((folder) => readService(workspace, folder)));
  const services = results.flatMap(({ service }) => (service === null ? [] : [service]));
  const names = new Set(results.map(({ name }) => name));
  const faults = [
    ...results.flatMap((result) => result.faults),
    ...findNeedsFaults(services, names),
  ];
  if (faults.length > 0) {
    throw describeFaults(faults);
  }
  return services;
}

async function listServiceFolders(workspace: string): Promise<string[]> {
  const entries = await readdir(path.join(workspace, "services"), { withFileTypes: true }).catch(
    (error: unknown) => {
      if (hasCode(error, "ENOENT")) {
        return [];
      }
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

interface Reading {
  name: string;
  service: Service | null;
  faults: readonly Fault[];
}

async function readService(workspace: string, name: string): Promise<Reading> {
  const folder = `services/${name}`;
  const file = `${folder}/package.json`;
  const content = await readPackage(path.join(workspace, file));
  if (content === null) {
    return { name, service: null, faults: [] };
  }
  if (!Check(ServicePackage, content)) {
    return { name, service: null, faults: findManifestFaults(file, content) };
  }
  const { faults, range } = await readSchemaRange(workspace, `${folder}/migrations`);
  const service: Service = {
    name,
    packageName: content.name,
    version: content.version,
    description: content.description,
    folder,
    needs: content.service,
    schema: range,
  };
  return { name, service, faults };
}

/** Null for a folder that is no service. Text that is no JSON is returned as it is, for the schema to refuse. */
async function readPackage(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) {
      return null;
    }
    throw error;
  });
  if (text === null) {
    return null;
  }
  const content = parseJson(text);
  const isOther = typeof content === "object" && content !== null && !("service" in content);
  return isOther ? null : content;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describeFaults(faults: readonly Fault[]): SlipwayError {
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return new SlipwayError("CONFIG_INVALID", `The services' own facts have ${count}.`, {
    details: faults.map(
      ({ file, path: where, rule, value }) => `${file} ${where} ${rule}; found ${value}`,
    ),
    hint: "Nothing was touched. The schema is tools/src/workspace/service-manifest.ts.",
  });
}
