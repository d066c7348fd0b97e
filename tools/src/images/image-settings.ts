import { readFile } from "node:fs/promises";
import path from "node:path";

import { Type, type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import { parse } from "yaml";

import { ReleaseSettings } from "../config/release-settings.ts";
import { SlipwayError } from "../errors.ts";
import { hasCode } from "../workspace/has-code.ts";

const file = "tools/slipway.yaml";

const Settings = Type.Object(
  {
    image: Type.Object(
      {
        base: Type.String({
          minLength: 1,
          description:
            "`embedded`, a layout on this machine (`oci:../bases/node:24`), or a reference pinned by digest.",
        }),
        releaseBase: Type.Optional(
          Type.String({
            minLength: 1,
            description:
              "What released images stand on, of all their platforms; written like `base`, which holds where it is absent.",
          }),
        ),
      },
      { additionalProperties: false },
    ),
    changes: Type.Optional(
      Type.Object(
        {
          unaffected: Type.Union([Type.Literal("warning"), Type.Literal("error")], {
            description: "What a changeset for a package that did not change is.",
          }),
        },
        { additionalProperties: false },
      ),
    ),
    release: Type.Optional(ReleaseSettings),
  },
  { additionalProperties: false },
);

export type ImageSettings = Static<typeof Settings>["image"] & {
  unaffected: "warning" | "error";
  /** Null where nothing is released. */
  release: ReleaseSettings | null;
};

/** What `tools/slipway.yaml` says of images, changes and releases. Throws CONFIG_INVALID with all its faults. */
export async function readImageSettings(workspace: string): Promise<ImageSettings> {
  const text = await readFile(path.join(workspace, file), "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) {
      return "image: { base: embedded }";
    }
    throw error;
  });
  const content: unknown = parse(text);
  if (Check(Settings, content)) {
    const { image, changes, release = null } = content;
    return { ...image, unaffected: changes?.unaffected ?? "warning", release };
  }
  throw new SlipwayError("CONFIG_INVALID", `${file} does not fit its schema.`, {
    details: Errors(Settings, content).map(
      (fault) => `${fault.instancePath || "/"} ${fault.message}`,
    ),
    hint: "Nothing was touched. Expected, for example: image: { base: embedded }",
  });
}
