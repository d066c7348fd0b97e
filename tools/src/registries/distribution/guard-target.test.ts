import { promisify } from "node:util";

import { expect, test } from "vitest";

import { guardTarget } from "./guard-target.ts";

const what = "A redirect";
const registry = new URL("https://ghcr.io/");
const zones = ["public"] as const;

test.each(["https://127.0.0.1/", "https://0x7f.1/", "https://2130706433/", "https://[::1]:8080/"])(
  "lets no registry elsewhere lead to this machine by %s",
  (url) => {
    expect(() => guardTarget({ url: new URL(url), registry, what, zones })).toThrow(
      /a loopback address; the registry ghcr\.io asked for it/u,
    );
  },
);

test("looks at the address that a name stands for", async () => {
  const lookup = guardTarget({ url: new URL("https://localhost/"), registry, what, zones });
  const look = promisify((done: (error: Error | null, address?: unknown) => void) =>
    lookup?.("localhost", { all: true }, done),
  );

  await expect(look()).rejects.toMatchObject({
    code: "REGISTRY_UNSAFE",
    message: expect.stringContaining("leads to localhost, a loopback address"),
  });
});

test("lets a registry lead to a public address and to itself", () => {
  const storage = new URL("https://140.82.121.34/");

  expect(() => guardTarget({ url: storage, registry, what, zones })).not.toThrow();
  expect(guardTarget({ url: registry, registry, what, zones })).toBeUndefined();
});

test("lets nobody lead back to plain HTTP", () => {
  const url = new URL("http://ghcr.io/");

  expect(() => guardTarget({ url, registry, what, zones })).toThrow(/which is not HTTPS/u);
});
