import type { ServerResponse } from "node:http";

import { startStandIn, type SeenRequest } from "../fixtures/stand-in-registry.ts";

export interface GitHubStandIn {
  url: string;
  /** Tags with a release, in the order they came. */
  releases: { tag: string; body: string; isPrerelease: boolean }[];
  pulls: { number: number; title: string; body: string; head: string }[];
  /** `POST /repos/…`, without reads. */
  writes: string[];
  /** What GitHub would not have taken. */
  faults: string[];
}

const repo = "/repos/team/place";

/** As much of GitHub's API as a release uses. It looks at every request as GitHub does. */
export async function startGitHub(wish: { mayPush?: boolean } = {}): Promise<GitHubStandIn> {
  const state: GitHubStandIn = { url: "", releases: [], pulls: [], writes: [], faults: [] };
  const { name } = await startStandIn((request, response) => {
    checkRequest(request, state);
    if (request.method !== "GET") state.writes.push(`${request.method} ${request.path}`);
    answer(request, response, { state, mayPush: wish.mayPush !== false });
  });
  state.url = `http://${name}`;
  return state;
}

function checkRequest({ method, path, headers, body }: SeenRequest, { faults }: GitHubStandIn) {
  if (headers.authorization !== "token s3cret") faults.push(`${path}: ${headers.authorization}`);
  if (!headers["user-agent"]?.startsWith("slipway")) faults.push(`${path}: no user agent`);
  if (!String(headers.accept).includes("application/vnd.github")) faults.push(`${path}: accept`);
  const isJson = headers["content-type"]?.startsWith("application/json") === true;
  if (method !== "GET" && !isJson) faults.push(`${path}: ${body}`);
}

interface Answering {
  state: GitHubStandIn;
  mayPush: boolean;
}

// oxlint-disable-next-line complexity -- one case a route
function answer(request: SeenRequest, response: ServerResponse, { state, mayPush }: Answering) {
  const { method } = request;
  const { pathname, searchParams } = new URL(request.path, "http://github");
  const json = method === "GET" ? {} : JSON.parse(request.body);
  const byTag = /\/releases\/tags\/(.+)$/u.exec(pathname)?.[1];
  const route = byTag === undefined ? `${method} ${pathname.replace(repo, "")}` : "GET tag";
  const tag = decodeURIComponent(byTag ?? "");
  const send = (status: number, content: unknown) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(content));
  };
  switch (route) {
    case "GET ":
      return send(200, { full_name: "team/place", permissions: { push: mayPush } });
    case "GET tag": {
      const found = state.releases.find((each) => each.tag === tag);
      return found === undefined ? send(404, { message: "Not Found" }) : send(200, { id: 1 });
    }
    case "POST /releases": {
      if (state.releases.some((each) => each.tag === json.tag_name)) {
        return send(422, { message: "Validation Failed", errors: [{ code: "already_exists" }] });
      }
      state.releases.push({ tag: json.tag_name, body: json.body, isPrerelease: json.prerelease });
      return send(201, { id: state.releases.length });
    }
    case "GET /pulls":
      return send(
        200,
        state.pulls
          .filter(({ head }) => searchParams.get("head") === `team:${head}`)
          .map(({ number, title, body }) => {
            const html_url = `https://github.example/pull/${number}`;
            return { number, title, body, html_url };
          }),
      );
    case "POST /pulls": {
      const number = state.pulls.length + 1;
      state.pulls.push({ number, title: json.title, body: json.body, head: json.head });
      return send(201, { number, html_url: `https://github.example/pull/${number}` });
    }
    case "PATCH /pulls/1": {
      state.pulls.forEach((pull) => Object.assign(pull, { title: json.title, body: json.body }));
      return send(200, { number: 1, html_url: "https://github.example/pull/1" });
    }
    default:
      state.faults.push(route);
      return send(404, { message: "Not Found" });
  }
}
