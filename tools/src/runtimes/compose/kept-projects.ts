import type { Host } from "../../hosts/host.ts";
import { runOnHost, writeHostFile } from "../../hosts/run-on-host.ts";
import type { ComposePlace } from "./plan-project.ts";

/** What was handed to Compose, as a file on the host: for whoever looks after it by hand, and for `slipway compose`. */
export async function keepProject(
  host: Host,
  { folder }: ComposePlace,
  { name, content }: { name: string; content: string },
): Promise<void> {
  await writeHostFile(host, { path: `${folder}/compose/${name}.yaml`, content, mode: "0644" });
}

export async function dropProject(
  host: Host,
  { folder }: ComposePlace,
  name: string,
): Promise<void> {
  await runOnHost(host, { argv: ["rm", "-f", `${folder}/compose/${name}.yaml`] });
}

/** All of them, each with its path as a comment, by name. */
export async function readProjects(host: Host, { folder }: ComposePlace): Promise<string> {
  const script =
    'for file in "$1"/*.yaml; do [ ! -e "$file" ] || { echo "--- # $file"; cat "$file"; }; done';
  return runOnHost(host, { argv: ["sh", "-c", script, "sh", `${folder}/compose`] });
}
