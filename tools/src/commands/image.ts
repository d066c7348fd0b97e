import type { CommandContext, CommandInput } from "../cli/command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { readCommit } from "../git/read-commit.ts";
import { buildImages } from "../images/build-images.ts";
import type { BuiltImage } from "../images/built-image.ts";
import { formatBuiltImage } from "../images/format-built-image.ts";

/** `slipway image [services…]`: images in `dist/images`, their digests on stdout. */
export async function run(
  { workspace, report }: CommandContext,
  { flags, names }: CommandInput,
): Promise<ExitCode> {
  const images = await buildImages({
    workspace,
    ...(names.length > 0 && { services: names }),
    commit: await readCommit(workspace),
    fresh: flags.fresh,
    log: (image) => report.event({ type: "note", text: formatBuiltImage(image) }),
  });
  report.answer({
    document: { type: "images", version: 1, images: images.map(describe) },
    text: images
      .map(({ service, version, digest }) => `${service}@${version} ${digest}`)
      .join("\n"),
  });
  return exitCodes.done;
}

function describe({ released, ...image }: BuiltImage) {
  return { ...image, schema: released.schema };
}
