import { readdir, readFile } from "node:fs/promises";
import { Agent } from "node:https";
import { homedir } from "node:os";
import path from "node:path";
import { getCACertificates } from "node:tls";

import { hasCode } from "../../workspace/has-code.ts";

const trusts = new Map<string, Promise<Agent | undefined>>();

/**
 * How to connect to a host whose authority this machine trusts for it alone: by `certs.d/<host>/*.crt`, where Docker and
 * Podman look, too. Undefined for all other hosts.
 */
export function readTrust(host: string): Promise<Agent | undefined> {
  const known = trusts.get(host) ?? readAgent(host);
  trusts.set(host, known);
  return known;
}

async function readAgent(host: string): Promise<Agent | undefined> {
  const found = await Promise.all(
    listFolders().map((folder) => readCertificates(path.join(folder, host))),
  );
  const own = found.flat();
  return own.length === 0
    ? undefined
    : new Agent({ ca: [...getCACertificates("default"), ...own], keepAlive: true });
}

/** Of Docker and Podman, each for one person and for all. */
function listFolders(): string[] {
  const home = process.env["XDG_CONFIG_HOME"] ?? path.join(homedir(), ".config");
  return [home, "/etc"].flatMap((folder) =>
    ["docker", "containers"].map((tool) => path.join(folder, tool, "certs.d")),
  );
}

async function readCertificates(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (["ENOENT", "ENOTDIR", "EACCES"].some((code) => hasCode(error, code))) return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith(".crt")).toSorted();
  return Promise.all(files.map((name) => readFile(path.join(folder, name), "utf8")));
}
