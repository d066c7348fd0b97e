import { expect, test } from "vitest";

import { parseImageReference } from "./parse-image-reference.ts";

const digest = `sha256:${"a".repeat(64)}`;

test.each([
  ["node", "docker.io", "library/node"],
  ["node:24-slim", "docker.io", "library/node"],
  ["aegee/core", "docker.io", "aegee/core"],
  ["docker.io/node", "docker.io", "library/node"],
  ["index.docker.io/library/node", "docker.io", "library/node"],
  ["ghcr.io/aegee/core:1.0.0", "ghcr.io", "aegee/core"],
  ["localhost/node", "localhost", "node"],
  ["localhost:5000/team/node:24", "localhost:5000", "team/node"],
])("reads %s as Docker does", (name, registry, repository) => {
  expect(parseImageReference(`${name}@${digest}`)).toEqual({ registry, repository, digest });
});

test.each(["node", "node:24", "node@sha256:abc", `node@${digest}@${digest}`])(
  "sees that %s is not pinned",
  (text) => {
    expect(parseImageReference(text)).toBeNull();
  },
);

test.each(["../etc", "ghcr.io/../core", "Node", ""])("refuses the name %j", (name) => {
  expect(() => parseImageReference(`${name}@${digest}`)).toThrow(/is not a repository name/u);
});
