import { readCommit } from "../git/read-commit.ts";
import { buildImages } from "../images/build-images.ts";
import { formatBuiltImage } from "../images/format-built-image.ts";
import { createReleaseSet } from "../release/create-release-set.ts";
import type { ReleaseSet } from "../release/release-set.ts";

export interface BuildSetRequest {
  workspace: string;
  /** All when absent. */
  services?: readonly string[];
  /** What lies below the images, when it is not what the workspace's settings say. */
  base?: string;
  onNote: (text: string) => void;
}

/** Images of the working tree, as a release set. Says which were built and why. */
export async function buildReleaseSet(request: BuildSetRequest): Promise<ReleaseSet> {
  const { workspace, services, base, onNote } = request;
  const commit = await readCommit(workspace);
  const images = await buildImages({
    workspace,
    commit,
    ...(services === undefined ? {} : { services }),
    ...(base === undefined ? {} : { base }),
    log: (image) => {
      if (!image.cached) onNote(formatBuiltImage(image));
    },
  });
  const released = images.map(({ service, released: entry }) => [service, entry] as const);
  return createReleaseSet(commit, Object.fromEntries(released));
}
