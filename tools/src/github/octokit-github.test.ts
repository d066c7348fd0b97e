import { expect, test } from "vitest";

import { startStandIn, type Respond } from "../../test/fixtures/stand-in-registry.ts";
import { startGitHub } from "../../test/release/github-stand-in.ts";
import { createGitHub } from "./octokit-github.ts";

const note = {
  name: "events@1.2.0",
  title: "events 1.2.0",
  body: 'Quotes " and `$(id)`, <b>, and a line\nbreak.',
  isPrerelease: false,
};

function open(url: string) {
  return createGitHub({ repository: "team/place", token: "s3cret", baseUrl: url, retryMs: 1 });
}

async function openAnswering(respond: Respond) {
  const { name, seen } = await startStandIn(respond);
  return { github: open(`http://${name}`), seen };
}

test("creates a release once and leaves it alone afterwards", async () => {
  const server = await startGitHub();
  const github = open(server.url);

  expect(await github.hasRelease(note.name)).toBe(false);
  expect(await github.createRelease(note)).toBe("created");
  expect(await github.createRelease({ ...note, body: "Other." })).toBe("present");
  expect(await github.hasRelease(note.name)).toBe(true);
  expect(server.releases).toEqual([{ tag: note.name, body: note.body, isPrerelease: false }]);
  expect(server.faults).toEqual([]);
});

test("brings the version pull request up to date only when something is new", async () => {
  const server = await startGitHub();
  const github = open(server.url);
  const request = { branch: "slipway/versions", base: "master", title: "Release", body: "One." };

  const url = await github.writeVersionRequest(request);
  await github.writeVersionRequest(request);
  const updated = await github.writeVersionRequest({ ...request, body: "Two." });

  expect([url, updated]).toEqual([
    "https://github.example/pull/1",
    "https://github.example/pull/1",
  ]);
  expect(server.pulls).toMatchObject([{ title: "Release", body: "Two." }]);
  expect(server.writes).toEqual([
    "POST /repos/team/place/pulls",
    "PATCH /repos/team/place/pulls/1",
  ]);
  expect(server.faults).toEqual([]);
});

test("refuses a token that may only read, before anything is done", async () => {
  const server = await startGitHub({ mayPush: false });

  await expect(open(server.url).checkAccess()).rejects.toMatchObject({
    code: "CREDENTIALS_MISSING",
    message: "GITHUB_TOKEN may not write to team/place.",
  });
});

test("lets a token that may write pass", async () => {
  const server = await startGitHub();

  await expect(open(server.url).checkAccess()).resolves.toBeUndefined();
});

test("asks again when GitHub has passing troubles", async () => {
  const { github, seen } = await openAnswering((_request, response, count) => {
    response.writeHead(count < 3 ? 502 : 200, { "content-type": "application/json" });
    response.end("{}");
  });

  expect(await github.hasRelease("events@1.2.0")).toBe(true);
  expect(seen.map(({ path }) => path)).toEqual([
    "/repos/team/place/releases/tags/events%401.2.0",
    "/repos/team/place/releases/tags/events%401.2.0",
    "/repos/team/place/releases/tags/events%401.2.0",
  ]);
});

test.each([
  { status: 401, code: "CREDENTIALS_MISSING" },
  { status: 403, code: "CREDENTIALS_MISSING" },
  { status: 500, code: "GITHUB_FAILED" },
  { status: 418, code: "GITHUB_FAILED" },
])("says what GitHub answered when it goes on answering $status", async ({ status, code }) => {
  const { github } = await openAnswering((_request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end('{"message":"No."}');
  });
  const wanted = { code, message: expect.stringContaining(`(${status}).`) };

  await expect(github.hasRelease("events@1.2.0")).rejects.toMatchObject(wanted);
  await expect(github.createRelease(note)).rejects.toMatchObject({ code });
  await expect(github.checkAccess()).rejects.toMatchObject(wanted);
  await expect(
    github.writeVersionRequest({ branch: "b", base: "master", title: "T", body: "B" }),
  ).rejects.toMatchObject(wanted);
});

test("a release whose answer was lost counts as present", async () => {
  let isThere = false;
  const { github } = await openAnswering((request, response) => {
    const isWrite = request.method === "POST";
    const status = isWrite ? 422 : isThere ? 200 : 404;
    isThere ||= isWrite;
    response.writeHead(status, { "content-type": "application/json" });
    response.end("{}");
  });

  expect(await github.createRelease(note)).toBe("present");
});
