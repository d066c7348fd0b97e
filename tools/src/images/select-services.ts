import { SlipwayError } from "../errors.ts";
import { readServices } from "../workspace/read-services.ts";
import type { Service } from "../workspace/service-manifest.ts";

/** The named services of the workspace, or all of them; throws SERVICE_UNKNOWN. */
export async function selectServices(
  workspace: string,
  services: readonly string[] | undefined,
): Promise<Service[]> {
  const all = await readServices(workspace);
  if (services === undefined) {
    return all;
  }
  const unknown = services.find((name) => !all.some((service) => service.name === name));
  if (unknown !== undefined) {
    throw new SlipwayError("SERVICE_UNKNOWN", `There is no service ${JSON.stringify(unknown)}.`, {
      hint: `The workspace has ${all.map(({ name }) => name).join(", ")}.`,
    });
  }
  return all.filter(({ name }) => services.includes(name));
}
