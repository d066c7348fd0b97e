import { expect, test } from "vitest";

import { explainSshFailure } from "./explain-ssh-failure.ts";

const destination = { name: "web", address: "deploy@10.0.0.1", knownHostsFile: "/keys/known" };

test.each([
  [
    "HOST_KEY_WRONG",
    "@@@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @@@",
    /another host key/,
  ],
  ["HOST_KEY_WRONG", "No ED25519 host key is known for 10.0.0.1 and you …", /is not known/],
  ["HOST_DENIED", "deploy@10.0.0.1: Permission denied (publickey).", /does not let us in/],
  [
    "HOST_UNREACHABLE",
    "ssh: connect to host 10.0.0.1 port 22: No route to host",
    /can't be reached/,
  ],
  ["HOST_UNREACHABLE", "", /can't be reached/],
])("%s when ssh says “%s”", (code, stderr, message) => {
  const failure = explainSshFailure(destination, stderr);

  expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(failure.hint).toMatch(/known|ssh /);
});

test("shows the last lines that ssh wrote, without its decoration", () => {
  const { details } = explainSshFailure(destination, "@@@@@@\nfirst\n\nsecond\n");

  expect(details).toEqual(["| first", "| second"]);
});
