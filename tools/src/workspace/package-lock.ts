import { Type, type Static } from "typebox";

const Names = Type.Optional(Type.Record(Type.String(), Type.String()));
const Allowed = Type.Optional(Type.Array(Type.String()));

/** What npm recorded of one installed folder; keys of the lock are folders, as `node_modules/fastify`. */
export const LockedPackage = Type.Object({
  version: Type.Optional(Type.String()),
  resolved: Type.Optional(Type.String()),
  integrity: Type.Optional(Type.String()),
  link: Type.Optional(Type.Boolean()),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: Type.Optional(
    Type.Record(Type.String(), Type.Object({ optional: Type.Optional(Type.Boolean()) })),
  ),
  devDependencies: Names,
  os: Allowed,
  cpu: Allowed,
  libc: Allowed,
  hasInstallScript: Type.Optional(Type.Boolean()),
  license: Type.Optional(Type.String()),
});

export const PackageLock = Type.Object({ packages: Type.Record(Type.String(), LockedPackage) });

export type LockedPackage = Static<typeof LockedPackage>;
export type PackageLock = Static<typeof PackageLock>;
