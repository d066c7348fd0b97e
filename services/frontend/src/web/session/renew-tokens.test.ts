import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { ok, refuse, startFakeApi } from "../testing/fake-api.ts";
import { renewTokens } from "./renew-tokens.ts";
import { tokenStore } from "./token-store.ts";

const old = { accessToken: "access-1", refreshToken: "refresh-1" };
const fresh = { accessToken: "access-2", refreshToken: "refresh-2" };

/** A tab is a copy of the modules; storage and locks belong to the browser. */
async function openTab(): Promise<typeof renewTokens> {
  vi.resetModules();
  const tab = await import("./renew-tokens.ts");
  return tab.renewTokens;
}

/** Core as it is: a refresh token works once, and its second use ends the whole session. */
function startRotatingCore() {
  let live = "refresh-1";
  let revoked = false;
  const api = startFakeApi({
    "POST /api/core/renew": async ({ body }) => {
      await Promise.resolve();
      const isLive = JSON.stringify(body) === JSON.stringify({ refresh_token: live });
      if (!isLive || revoked) {
        revoked = true;
        return refuse(401, "This session is over.");
      }
      live = "refresh-2";
      return ok({ access_token: "access-2", refresh_token: "refresh-2" });
    },
  });
  return { api, isRevoked: () => revoked };
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  tokenStore.write(old);
});

describe("renewing a session", () => {
  test("stores the new pair and returns it", async () => {
    startRotatingCore();

    expect(await renewTokens("access-1")).toEqual(fresh);

    expect(tokenStore.read()).toEqual(fresh);
  });

  test("sends the refresh token once when two tabs renew at the same time", async () => {
    const { api, isRevoked } = startRotatingCore();
    const [one, other] = [await openTab(), await openTab()];

    const renewed = await Promise.all([one("access-1"), other("access-1")]);

    expect(renewed).toEqual([fresh, fresh]);
    expect(api.requests).toHaveLength(1);
    expect(isRevoked()).toBe(false);
  });

  test("sends the refresh token once when another tab's storage lags behind", async () => {
    const { api, isRevoked } = startRotatingCore();
    const [one, other] = [await openTab(), await openTab()];

    await one("access-1");
    tokenStore.write(old);

    expect(await other("access-1")).toEqual(fresh);
    expect(tokenStore.read()).toEqual(fresh);
    expect(api.requests).toHaveLength(1);
    expect(isRevoked()).toBe(false);
  });

  test("works without a database, as in some private windows", async () => {
    vi.stubGlobal("indexedDB", undefined);
    startRotatingCore();

    expect(await renewTokens("access-1")).toEqual(fresh);
  });

  test("sends the refresh token once when ten calls of one tab fail together", async () => {
    const { api } = startRotatingCore();

    await Promise.all(Array.from({ length: 10 }, () => renewTokens("access-1")));

    expect(api.requests).toHaveLength(1);
  });

  test("queues within the tab where the browser has no locks", async () => {
    Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
    const { api } = startRotatingCore();

    const renewed = await Promise.all([renewTokens("access-1"), renewTokens("access-1")]);

    expect(renewed).toEqual([fresh, fresh]);
    expect(api.requests).toHaveLength(1);
  });

  test("takes what another tab has stored since, without asking core", async () => {
    const { api } = startRotatingCore();
    tokenStore.write(fresh);

    expect(await renewTokens("access-1")).toEqual(fresh);

    expect(api.requests).toHaveLength(0);
  });

  test("does nothing when another tab has logged out since", async () => {
    const { api } = startRotatingCore();
    tokenStore.clear();

    expect(await renewTokens("access-1")).toBeNull();

    expect(api.requests).toHaveLength(0);
  });

  test("forgets the session when core refuses the refresh token", async () => {
    startFakeApi({ "POST /api/core/renew": () => refuse(401, "This session is over.") });

    expect(await renewTokens("access-1")).toBeNull();

    expect(tokenStore.read()).toBeNull();
  });

  test("keeps the session when core is away", async () => {
    startFakeApi({ "POST /api/core/renew": () => refuse(503, "Away.") });

    expect(await renewTokens("access-1")).toBeNull();

    expect(tokenStore.read()).toEqual(old);
  });

  test("keeps the session when the network is away", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));

    expect(await renewTokens("access-1")).toBeNull();

    expect(tokenStore.read()).toEqual(old);
  });

  test("understands a core that answers the tokens beside data", async () => {
    startFakeApi({
      "POST /api/core/renew": () => ({
        body: { success: true, access_token: "access-2", refresh_token: "refresh-2" },
      }),
    });

    expect(await renewTokens("access-1")).toEqual(fresh);
  });
});
