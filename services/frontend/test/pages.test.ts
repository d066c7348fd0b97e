import { rm } from "node:fs/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { buildApp } from "../src/server/app.ts";
import { writePublicFolder } from "./public-folder.ts";

const index = "<!doctype html><title>MyAEGEE</title>";
let publicFolder: string;
let app: Awaited<ReturnType<typeof buildApp>>;

beforeAll(async () => {
  publicFolder = await writePublicFolder(index);
  app = await buildApp({ publicFolder });
});

afterAll(async () => {
  await app.close();
  await rm(publicFolder, { recursive: true });
});

describe("index.html", () => {
  test("is served for the start page and for every page of the app", async () => {
    const start = await app.inject("/");
    const deep = await app.inject("/statutory/spring/applications/me?from=mail");

    expect(start.body).toBe(index);
    expect(deep.body).toBe(index);
    expect(deep.headers["content-type"]).toBe("text/html; charset=utf-8");
  });

  test("is asked for anew each time, and not sent again while it is the same", async () => {
    const first = await app.inject("/");
    const again = await app.inject({
      url: "/",
      headers: { "if-none-match": String(first.headers["etag"]) },
    });

    expect(first.headers["cache-control"]).toBe("no-cache");
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe("");
  });

  test("has another tag for other content of the same size and date", async () => {
    const otherFolder = await writePublicFolder(index.replace("MyAEGEE", "XyAEGEE"));
    const other = await buildApp({ publicFolder: otherFolder });

    const [one, two] = [await app.inject("/"), await other.inject("/")];
    await other.close();
    await rm(otherFolder, { recursive: true });

    expect(one.headers["etag"]).not.toBe(two.headers["etag"]);
  });

  test("comes in the best encoding that the client takes", async () => {
    const br = await app.inject({ url: "/", headers: { "accept-encoding": "gzip, deflate, br" } });
    const gzip = await app.inject({ url: "/", headers: { "accept-encoding": "gzip" } });
    const plain = await app.inject({ url: "/", headers: { "accept-encoding": "br;q=0, *;q=0" } });

    expect(br.headers).toMatchObject({ "content-encoding": "br", vary: "accept-encoding" });
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(index);
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(index);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.body).toBe(index);
  });

  test("answers HEAD without a body", async () => {
    const head = await app.inject({ method: "HEAD", url: "/events" });

    expect(head.statusCode).toBe(200);
    expect(head.body).toBe("");
  });
});

describe("other files", () => {
  test("with a hash in their name may be kept for ever", async () => {
    const asset = await app.inject({
      url: "/assets/index-abc123.js",
      headers: { "accept-encoding": "br" },
    });

    expect(asset.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-encoding": "br",
      vary: "accept-encoding",
    });
    expect(brotliDecompressSync(asset.rawPayload).toString()).toBe("console.log(1);");
  });

  test("without one are asked for anew", async () => {
    const icon = await app.inject("/favicon.svg");

    expect(icon.headers).toMatchObject({
      "content-type": "image/svg+xml",
      "cache-control": "no-cache",
    });
  });

  test("that an old page still asks for are a 404, not the index page", async () => {
    const asset = await app.inject("/assets/index-gone.js");

    expect(asset.statusCode).toBe(404);
    expect(asset.json()).toMatchObject({ success: false });
  });

  test.each(["/assets/../package.json", "/assets/%2e%2e/index.html", "/..%2fpackage.json"])(
    "outside of the folder are not reached by %s",
    async (url) => {
      const answer = await app.inject(url);

      expect(answer.body).not.toContain("dependencies");
    },
  );
});

describe("what is not ours", () => {
  test.each(["/api/events/", "/api", "/media/x.png", "/services/x", "/.well-known/release-set"])(
    "%s is a 404 in the envelope",
    async (url) => {
      const answer = await app.inject(url);

      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ success: false });
    },
  );

  test("no other method than GET and HEAD reaches a page", async () => {
    expect((await app.inject({ method: "POST", url: "/events" })).statusCode).toBe(404);
  });
});

describe("every answer", () => {
  test("forbids what the pages do not need", async () => {
    const policy = String((await app.inject("/")).headers["content-security-policy"]);

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
  });

  test("says what it is and stays in no frame", async () => {
    expect((await app.inject("/")).headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  });
});

describe("a service like the others", () => {
  test("says who it is and that it is ready", async () => {
    const health = await app.inject("/healthcheck");
    const readiness = await app.inject("/readiness");

    expect(health.json().data).toMatchObject({ name: "frontend" });
    expect(readiness.statusCode).toBe(200);
  });

  test("does not start without pages, and says how to build them", async () => {
    await expect(buildApp({ publicFolder: "/nowhere" })).rejects.toThrow(
      "There are no pages in /nowhere: index.html is missing. Build them: npm run build -w @myaegee/frontend",
    );
  });
});
