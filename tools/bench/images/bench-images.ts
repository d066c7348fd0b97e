import { readLab } from "../../lab/lab-facts.ts";
import type { Bench } from "../bench.ts";
import { compare, type Runner } from "../compare/compare.ts";
import type { Row } from "../compare/row.ts";
import { createBuilders, type Builder } from "./builders.ts";
import { copyWorkspace, type ImageWorkspace } from "./image-workspace.ts";
import { startRegistry } from "./start-registry.ts";

const backends = ["core", "mailer", "events", "statutory", "discounts"];
const defaultRounds = 5;

/** From a changed line to an image in a registry, beside Docker and Buildah. */
export const benchImages: Bench = async ({ rounds, say }) => {
  const lab = await readLab();
  if (lab === null) {
    const leftOut = ["all of it: no lab is up. Bring it up: npx nx run tools:lab up"];
    return { name: "images", setting, table: null, rows: [], leftOut };
  }
  await using registry = await startRegistry();
  await using workspace = await copyWorkspace();
  const { builders, leftOut } = await createBuilders({ lab, registry: registry.name, workspace });
  const rows: Row[] = [];
  for (const { name, services, before } of works) {
    say(name);
    const [ours, ...peers] = builders.map(
      (builder) => [builder.name, time(builder, { workspace, services, before })] as const,
    );
    if (ours === undefined) continue;
    rows.push(
      ...(await compare({
        name,
        unit: "ms",
        rounds: rounds ?? defaultRounds,
        ours: ours[1],
        peers: Object.fromEntries(peers),
      })),
    );
  }
  return { name: "images", setting, table: null, rows, leftOut };
};

const setting =
  "whole processes, bundling included, base image on both sides already, registry on this machine; ours with SBOM and provenance";

interface Work {
  name: string;
  services: readonly string[];
  before: "edit" | "nothing" | "forget";
}

const works: readonly Work[] = [
  { name: "one-line change → image in a registry", services: ["events"], before: "edit" },
  { name: "nothing changed", services: ["events"], before: "nothing" },
  { name: "five services, nothing changed", services: backends, before: "nothing" },
  { name: "five services, cold", services: backends, before: "forget" },
];

interface Setup extends Omit<Work, "name"> {
  workspace: ImageWorkspace;
}

/** What comes before the work is not counted. */
function time(builder: Builder, { workspace, services, before }: Setup): Runner {
  return async () => {
    if (before === "edit") await workspace.edit(services[0] ?? "");
    if (before === "forget") await builder.forget();
    const startedAt = performance.now();
    await builder.publish(services);
    return performance.now() - startedAt;
  };
}
