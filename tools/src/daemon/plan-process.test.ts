import { expect, test } from "vitest";

import { type ProcessPlace, planInstance } from "./plan-process.ts";

const place: ProcessPlace = {
  isolation: { owner: { uid: 65_532, gid: 65_532 }, runRoot: "/run", nodePath: "/opt/node" },
  secrets: { folder: "/run/secrets", owner: null },
  logsFolder: "/state/logs",
  baseEnv: { PATH: "/usr/bin", SLIPWAY_OWNER: "abc" },
};

const instance = {
  id: "core-1",
  service: "core",
  version: "1.0.0",
  digest: "sha256:1",
  set: "set-1",
  run: "run-1",
  port: 8084,
  env: { LOG_LEVEL: "warn", PORT: "1" },
  secrets: ["DATABASE_URL"],
  memoryMb: 192,
};

const image = {
  root: "/run/images/1/rootfs",
  workingDir: "/app",
  entrypoint: ["node", "main.js"],
  env: { NODE_ENV: "production", LOG_LEVEL: "info" },
  hasAddons: false,
};

test("starts an image's entry with its limits, its settings and its secrets as files", () => {
  expect(planInstance(place, { instance, image }, 20_001)).toEqual({
    id: "core-1",
    command: "/opt/node",
    args: [
      "--permission",
      "--allow-fs-read=/run/images/1/rootfs",
      "--allow-fs-read=/run/secrets/core",
      "--allow-fs-read=/proc",
      "--max-old-space-size=144",
      "main.js",
    ],
    cwd: "/run/images/1/rootfs/app",
    env: {
      NODE_ENV: "production",
      PATH: "/usr/bin",
      SLIPWAY_OWNER: "abc",
      LOG_LEVEL: "warn",
      HOST: "127.0.0.1",
      PORT: "20001",
      DATABASE_URL_FILE: "/run/secrets/core/DATABASE_URL",
    },
    owner: { uid: 65_532, gid: 65_532 },
    logFile: "/state/logs/core-1.log",
    stopSignal: "SIGTERM",
  });
});

test("lets only images with unbundled packages load native code", () => {
  const { args } = planInstance(place, { instance, image: { ...image, hasAddons: true } }, 20_001);

  expect(args).toContain("--allow-addons");
});

test("refuses an image that does not start with node", () => {
  const foreign = { ...image, entrypoint: ["/bin/server"] };

  expect(() => planInstance(place, { instance, image: foreign }, 20_001)).toThrow(
    'The image of core starts "/bin/server", not node, so it can\'t run without a container engine.',
  );
});
