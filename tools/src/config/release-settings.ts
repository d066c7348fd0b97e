import { Type, type Static } from "typebox";

/** Never an option of git, never a path that leads elsewhere. */
const name = "^[A-Za-z0-9][A-Za-z0-9._/-]*$";

/** `release` in `tools/slipway.yaml`. */
export const ReleaseSettings = Type.Object(
  {
    publicKey: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          "File of the public key, relative to the workspace: only images that it has signed are deployed.",
      }),
    ),
    registry: Type.String({
      minLength: 1,
      description:
        "Where images and release sets go: `docker.io/aegee`, `localhost:5000/myaegee`, or a folder of OCI layouts, `oci:dist/registry`.",
    }),
    branch: Type.Optional(
      Type.String({ pattern: name, description: "The release branch (default: master)." }),
    ),
    maintenance: Type.Optional(
      Type.String({
        pattern: name,
        description:
          "How names of maintenance branches begin: `support/`. Their versions never become `latest` unless they are the highest.",
      }),
    ),
    remote: Type.Optional(
      Type.String({ pattern: name, description: "The git remote (default: origin)." }),
    ),
    github: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$",
        description: "Repository that gets a GitHub release a version; none when absent.",
      }),
    ),
    platforms: Type.Optional(
      Type.Array(Type.Union([Type.Literal("linux/amd64"), Type.Literal("linux/arm64")]), {
        minItems: 1,
        description: "What images are built for (default: both).",
      }),
    ),
  },
  { additionalProperties: false, description: "How and where versions are released." },
);

export type ReleaseSettings = Static<typeof ReleaseSettings>;
