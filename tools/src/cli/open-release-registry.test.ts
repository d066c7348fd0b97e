import { expect, test } from "vitest";

import { openReleaseRegistry } from "./open-release-registry.ts";

test.each([
  { name: "docker.io/aegee", host: "docker.io", namespace: "aegee" },
  { name: "localhost:5000/team/place", host: "localhost:5000", namespace: "team/place" },
  { name: "ghcr.io", host: "ghcr.io", namespace: "" },
  { name: "oci:dist/registry", host: null, namespace: "" },
])("$name is the registry $host and the namespace $namespace", ({ name, host, namespace }) => {
  expect(openReleaseRegistry("/work", name)).toMatchObject({ host, namespace });
});

test.each(["aegee", "", "docker.io//x", "https://docker.io/aegee", "docker.io/", "$(id)/x"])(
  "%s is no registry",
  (name) => {
    expect(() => openReleaseRegistry("/work", name)).toThrowError(
      expect.objectContaining({ code: "CONFIG_INVALID" }),
    );
  },
);
