import Type from "typebox";
import { Value } from "typebox/value";

import type { DaemonOptions } from "./daemon-context.ts";

const Options = Type.Object({
  stateFolder: Type.String({ pattern: "^/" }),
  environment: Type.Object({
    name: Type.String(),
    testData: Type.Boolean(),
    gateway: Type.Object({
      port: Type.Integer({ minimum: 0, maximum: 65_535 }),
      fallback: Type.Union([Type.Literal("next free"), Type.Literal("fail")]),
      host: Type.Optional(Type.String()),
    }),
  }),
  toolVersion: Type.String(),
  awaitLockMs: Type.Integer({ minimum: 0 }),
  isStandby: Type.Optional(Type.Boolean()),
});

/** Reads the daemon's only argument, written by `launch-daemon.ts`. */
export function parseDaemonOptions(argument: string): DaemonOptions {
  const value: unknown = JSON.parse(argument);
  if (Value.Check(Options, value)) return value;
  throw new Error("The daemon is started by slipway, not by hand.");
}
