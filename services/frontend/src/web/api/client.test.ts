import { describe, expect, test, vi } from "vitest";

import { tokenStore } from "../session/token-store.ts";
import { ok, refuse, startFakeApi } from "../testing/fake-api.ts";
import { callApi, fetchAll, fetchData } from "./client.ts";

const renewal = {
  "POST /api/core/renew": () => ok({ access_token: "access-2", refresh_token: "refresh-2" }),
};

function logInHere(): void {
  tokenStore.write({ accessToken: "access-1", refreshToken: "refresh-1" });
}

describe("calling the API", () => {
  test("sends the access token, the query without empty parts and the body as JSON", async () => {
    logInHere();
    const api = startFakeApi({ "POST /api/events/": () => ok({ id: 1 }) });

    await fetchData("events/", {
      method: "POST",
      query: { type: "nwm", search: "", offset: 0, limit: undefined },
      body: { name: "X" },
    });

    expect(api.requests[0]).toMatchObject({ token: "access-1", body: { name: "X" } });
    expect(api.requests[0]?.query.toString()).toBe("type=nwm&offset=0");
  });

  test("renews once after a 401 and repeats the call with the new token", async () => {
    logInHere();
    const api = startFakeApi({
      ...renewal,
      "GET /api/core/members/me": ({ token }) =>
        token === "access-2" ? ok({ id: 3 }) : refuse(401, "Expired."),
    });

    expect(await fetchData("core/members/me")).toEqual({ id: 3 });

    expect(api.calls()).toEqual([
      "GET /api/core/members/me",
      "POST /api/core/renew",
      "GET /api/core/members/me",
    ]);
  });

  test("does not renew a second time when the new token is refused as well", async () => {
    logInHere();
    const api = startFakeApi({
      ...renewal,
      "GET /api/core/members/me": () => refuse(401, "Expired."),
    });

    await expect(fetchData("core/members/me")).rejects.toMatchObject({ status: 401 });

    expect(api.calls().filter((call) => call.endsWith("renew"))).toHaveLength(1);
  });

  test("shows public data to somebody whose session is over", async () => {
    logInHere();
    startFakeApi({
      "POST /api/core/renew": () => refuse(401, "Over."),
      "GET /api/events/": ({ token }) => (token === null ? ok([]) : refuse(401, "Expired.")),
    });

    expect(await fetchData("events/")).toEqual([]);

    expect(tokenStore.read()).toBeNull();
  });

  test("never renews for a stranger", async () => {
    const api = startFakeApi({ "GET /api/core/members": () => refuse(401, "No token.") });

    await expect(fetchData("core/members")).rejects.toMatchObject({ status: 401 });

    expect(api.requests).toHaveLength(1);
  });

  test("passes on what is wrong with each field", async () => {
    startFakeApi({ "POST /api/events/": () => refuse(422, { name: ["is missing"] }) });

    await expect(fetchData("events/", { method: "POST", body: {} })).rejects.toMatchObject({
      status: 422,
      errors: { name: ["is missing"] },
    });
  });

  test("keeps the count of a list", async () => {
    startFakeApi({ "GET /api/events/": () => ok([], { meta: { count: 12 } }) });

    expect(await callApi("events/")).toMatchObject({ meta: { count: 12 } });
  });

  test("says in words what a gateway's bare 502 means", async () => {
    vi.stubGlobal("fetch", async () => new Response("Bad gateway", { status: 502 }));

    await expect(fetchData("events/")).rejects.toThrow(
      "This part of MyAEGEE does not answer at the moment. Please try again in a minute.",
    );
  });

  test("says in words that there is no connection", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));

    await expect(fetchData("events/")).rejects.toThrow(
      "MyAEGEE cannot be reached. Please check your connection and try again.",
    );
  });

  test("reads a long list page by page until it has all", async () => {
    const rows = Array.from({ length: 1200 }, (_, index) => index);
    const api = startFakeApi({
      "GET /api/statutory/": ({ query }) => {
        const offset = Number(query.get("offset"));
        const page = rows.slice(offset, offset + Number(query.get("limit")));
        return ok(page, { meta: { count: rows.length } });
      },
    });

    expect(await fetchAll("statutory/", { type: "agora" })).toEqual(rows);

    expect(api.requests.map(({ query }) => query.get("offset"))).toEqual(["0", "500", "1000"]);
  });

  test("does not ask for ever when a list is shorter than its count says", async () => {
    const api = startFakeApi({ "GET /api/statutory/": () => ok([], { meta: { count: 3 } }) });

    expect(await fetchAll("statutory/")).toEqual([]);

    expect(api.requests).toHaveLength(1);
  });
});
