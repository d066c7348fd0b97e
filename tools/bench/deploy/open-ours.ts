import { mustRun } from "../../bars/open-workspace.ts";
import { runDocker } from "../../test/fixtures/lab-host.ts";
import { openDeployWorkspace } from "../../test/fixtures/open-deploy-workspace.ts";
import type { Contestant } from "./contestant.ts";

/** The real command line; containers when a host of the lab is named, else processes. */
export async function openOurs(labHost: string | null): Promise<Contestant> {
  const workspace = await openDeployWorkspace({
    services: ["hello"],
    program: "graceful",
    ...(labHost === null ? {} : { labHost }),
  });
  const remove = async () => {
    await workspace.remove();
    if (labHost === null) return;
    const name = `slipway.local/${workspace.environment}/hello`;
    const images = await runDocker(labHost, "images", "--format={{.Repository}}:{{.Tag}}", name);
    for (const image of images.split("\n").filter((line) => line !== "")) {
      await runDocker(labHost, "image", "rm", "--force", image);
    }
  };
  try {
    const address = (await mustRun(workspace, "deploy")).trim();
    return {
      name: labHost === null ? "process" : "compose",
      url: `${address}/api/hello`,
      deployNext: async () => {
        await workspace.changeService("hello");
        await mustRun(workspace, "deploy");
      },
      deployNothing: async () => void (await mustRun(workspace, "deploy")),
      rollBack: async () => {
        await mustRun(workspace, "rollback");
        await mustRun(workspace, "unpin", "hello");
      },
      deployBad: async () => {
        await workspace.editService("hello", 'MODE = "graceful"', 'MODE = "dying"');
        const { exitCode } = await workspace.slipway("deploy");
        if (exitCode === 0) throw new Error("slipway deployed a version that exits at once.");
      },
      [Symbol.asyncDispose]: remove,
    };
  } catch (cause) {
    await remove();
    throw cause;
  }
}
