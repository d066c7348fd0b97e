import { Type, type Static } from "typebox";

export const Route = Type.Object(
  {
    path: Type.String({
      pattern: "^/",
      description: "Public path prefix; the longest match wins.",
    }),
    strip: Type.Optional(
      Type.Union([Type.Boolean(), Type.String()], {
        description:
          "Remove the path (true) or this prefix before the request reaches the service.",
      }),
    ),
    exact: Type.Optional(
      Type.Boolean({ description: "Match the path only, not what lies below it." }),
    ),
  },
  { additionalProperties: false },
);

const Secret = Type.Object(
  {
    name: Type.String({ pattern: "^[A-Z][A-Z0-9_]*$" }),
    generate: Type.Optional(
      Type.Union(
        [Type.Literal("random"), Type.Literal("service-token"), Type.Literal("service-tokens")],
        {
          description:
            "How the value comes to be when nobody sets it: 32 random bytes; this service's token towards others; a JSON object service → token of all services.",
        },
      ),
    ),
  },
  { additionalProperties: false },
);

const ImageSettings = Type.Object(
  {
    mode: Type.Optional(
      Type.Union([Type.Literal("split"), Type.Literal("deps"), Type.Literal("dockerfile")], {
        description:
          "Bundle packages into a file of their own (split, the default), ship them as node_modules (deps), or build the service's own Dockerfile.",
      }),
    ),
    external: Type.Optional(
      Type.Array(Type.String(), {
        description: "Packages that must not be bundled, beside those that are found to be native.",
      }),
    ),
  },
  { additionalProperties: false },
);

/** What a service tells Slipway about itself, under `"service"` in its package.json and as a label on its image. */
export const ServiceNeeds = Type.Object(
  {
    port: Type.Integer({ minimum: 1, maximum: 65535 }),
    routes: Type.Array(Route),
    health: Type.Object({ liveness: Type.String(), readiness: Type.String() }),
    needs: Type.Object({
      services: Type.Array(Type.String(), {
        description:
          "Services it calls; they deploy before it. Services that call each other deploy together.",
      }),
      database: Type.Optional(Type.Boolean()),
      smtp: Type.Optional(Type.Boolean()),
    }),
    secrets: Type.Array(Secret),
    resources: Type.Object({ memoryMb: Type.Integer({ minimum: 32 }) }),
    drainSeconds: Type.Integer({ minimum: 0, maximum: 3600 }),
    assets: Type.Optional(
      Type.String({
        pattern: "^[\\w-]+(/[\\w-]+)*$",
        description:
          "Folder below the service's that is packed at /app/public; the npm script `build`, if there is one, makes it.",
      }),
    ),
    image: Type.Optional(ImageSettings),
  },
  { additionalProperties: false },
);

/** The part of a service's package.json that Slipway reads. */
export const ServicePackage = Type.Object({
  name: Type.String({ minLength: 1 }),
  version: Type.String({ pattern: "^\\d+\\.\\d+\\.\\d+(-[\\w.-]+)?$" }),
  description: Type.String({ minLength: 1 }),
  service: ServiceNeeds,
});

export type Route = Static<typeof Route>;
export type Secret = Static<typeof Secret>;
export type ServiceNeeds = Static<typeof ServiceNeeds>;

/** One service of the workspace, as its folder describes it. */
export interface Service {
  /** Short name, the folder's: `events`. */
  name: string;
  packageName: string;
  version: string;
  description: string;
  /** Relative to the workspace root, with forward slashes. */
  folder: string;
  needs: ServiceNeeds;
  /** Range of its migrations, as in a release set. */
  schema: SchemaRange | null;
}

/** The code runs on any schema from `min` to `max`; its migrations lead to `max`. */
export interface SchemaRange {
  min: number;
  max: number;
}
