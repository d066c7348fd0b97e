import { expect, test } from "vitest";

import { parseChallenge } from "./parse-challenge.ts";

test("reads the parts of a challenge", () => {
  const header =
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/node:pull,push"';

  expect(parseChallenge(header)).toEqual({
    scheme: "bearer",
    parameters: {
      realm: "https://auth.docker.io/token",
      service: "registry.docker.io",
      scope: "repository:library/node:pull,push",
    },
  });
});

test("takes spaces, quoted signs and words without quotes", () => {
  expect(parseChallenge(String.raw`BASIC Realm="a \"b\", c=d" , charset=UTF-8`)).toEqual({
    scheme: "basic",
    parameters: { realm: 'a "b", c=d', charset: "UTF-8" },
  });
});

test.each([undefined, "", '="x"'])("sees no challenge in %j", (header) => {
  expect(parseChallenge(header)).toBeNull();
});
