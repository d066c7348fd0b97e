import { describe, expect, test } from "vitest";

import { makeEvent, type MadeEvent } from "./make-event.ts";
import type { Person } from "./people.ts";
import { startEvents } from "./start-events.ts";

const { send, db, queries } = await startEvents();

/** The smallest PNG that is one: a single pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const jpeg = Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex");
const html = Buffer.from("<html><script>alert(1)</script></html>");

interface Upload {
  as?: Person;
  content?: Buffer;
  fileName?: string;
  field?: string;
}

async function upload(event: number | string, options: Upload = {}) {
  const { as = "member", content = png, fileName = "picture.png", field = "head_image" } = options;
  const form = new FormData();
  form.append(field, new Blob([Uint8Array.from(content)]), fileName);
  const { body, headers } = await readForm(form);
  return send(`POST /single/${event}/upload`, { as, body, headers });
}

async function readForm(form: FormData) {
  const request = new Request("http://localhost", { method: "POST", body: form });
  return {
    body: Buffer.from(await request.arrayBuffer()),
    headers: { "content-type": request.headers.get("content-type") ?? "" },
  };
}

async function makeDraft(event: MadeEvent = {}): Promise<number> {
  return (await makeEvent(db, { status: "draft", ...event })).id;
}

describe("POST /single/:event/upload", () => {
  test.for([
    ["a PNG", png, "picture.PNG", "image/png", /^[0-9a-f]{16}\.png$/],
    ["a JPEG", jpeg, "picture.jpeg", "image/jpeg", /^[0-9a-f]{16}\.jpg$/],
  ] as const)(
    "stores %s under a name of our own and serves it",
    async ([_what, content, fileName, type, name]) => {
      const id = await makeDraft();

      const answer = await upload(id, { content, fileName });

      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({ success: true, data: expect.stringMatching(name) });
      const event = (await send(`GET /single/${id}`, { as: "member" })).json().data;
      expect(event.image).toBe(answer.json().data);
      const picture = await send(`GET /single/${id}/picture`, { as: "member" });
      expect(picture.headers["content-type"]).toBe(type);
      expect(picture.rawPayload.equals(content)).toBe(true);
    },
  );

  test("replaces the picture that was there", async () => {
    const id = await makeDraft();
    await upload(id);

    await upload(id, { content: jpeg, fileName: "b.jpg" });

    expect(await db.selectFrom("pictures").select("mime_type").execute()).toEqual([
      { mime_type: "image/jpeg" },
    ]);
  });

  test.each(["../../../etc/cron.d/x.png", "..\\..\\x.png", "/etc/passwd.png", "%2e%2e%2fx.png"])(
    "forgets a name that climbs: %s",
    async (fileName) => {
      const id = await makeDraft();

      const answer = await upload(id, { fileName });

      expect(answer.json().data).toMatch(/^[0-9a-f]{16}\.png$/);
    },
  );

  test.each([
    ["a page that is called a picture", { content: html, fileName: "picture.png" }],
    ["a PNG that is called a page", { fileName: "picture.html" }],
    ["a PNG that is called a JPEG", { fileName: "picture.jpg" }],
    ["a name that only begins well", { fileName: "picture.png.html" }],
    [
      "an SVG",
      { content: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), fileName: "a.svg" },
    ],
    ["an empty file", { content: Buffer.alloc(0) }],
    ["another field", { field: "picture" }],
  ])("answers 422 to %s", async (_what, options) => {
    const id = await makeDraft();

    const answer = await upload(id, options);

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toEqual(["head_image"]);
    expect(await db.selectFrom("pictures").select("event_id").execute()).toEqual([]);
  });

  test("answers 422 to JSON and to an empty form, 413 to what is too large", async () => {
    const id = await makeDraft();
    const empty = await readForm(new FormData());

    const json = await send(`POST /single/${id}/upload`, {
      as: "member",
      body: { head_image: "x" },
    });
    const nothing = await send(`POST /single/${id}/upload`, { as: "member", ...empty });
    const huge = await upload(id, { content: Buffer.concat([png, Buffer.alloc(6 * 1024 * 1024)]) });

    expect([json.statusCode, nothing.statusCode, huge.statusCode]).toEqual([422, 422, 413]);
  });

  test.each([
    ["member", "draft", 200],
    ["member", "published", 403],
    ["eqac", "published", 200],
    ["applicant", "draft", 403],
    ["nwmManager", "draft", 403],
    ["board", "published", 403],
  ] as const)("answers %s for a %s event with %s", async (as, status, expected) => {
    const id = await makeDraft({ status });

    expect((await upload(id, { as })).statusCode).toBe(expected);
  });

  test("answers 401 without a token, 404 without an event, 403 for a deleted one", async () => {
    const id = await makeDraft();
    const deleted = await makeDraft({ deleted: true });

    const stranger = await send(`POST /single/${id}/upload`);

    expect(stranger.statusCode).toBe(401);
    expect((await upload(999)).statusCode).toBe(404);
    expect((await upload(deleted)).statusCode).toBe(403);
  });
});

describe("GET /single/:event/picture", () => {
  test("lets browsers keep the picture of a published event, and answers 304 to a good copy", async () => {
    const id = await makeDraft({ status: "published" });
    await upload(id, { as: "eqac" });

    const first = await send(`GET /single/${id}/picture`);
    const etag = String(first.headers["etag"]);
    const statements = await queries.during(async () => {
      const again = await send(`GET /single/${id}/picture`, { headers: { "if-none-match": etag } });
      expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
    });

    expect(first.headers).toMatchObject({
      "cache-control": "public, max-age=300",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    expect(statements.join(" ")).not.toContain("content");
  });

  test("shows the picture of a draft to those who may see it, and keeps it out of shared caches", async () => {
    const id = await makeDraft();
    await upload(id);

    const organizer = await send(`GET /single/${id}/picture`, { as: "member" });

    expect(organizer.headers["cache-control"]).toBe("private, no-cache");
    expect((await send(`GET /single/${id}/picture`, { as: "applicant" })).statusCode).toBe(403);
    expect((await send(`GET /single/${id}/picture`)).statusCode).toBe(401);
  });

  test("answers 404 where there is no picture, no event, or no id", async () => {
    const { id } = await makeEvent(db);

    expect((await send(`GET /single/${id}/picture`)).statusCode).toBe(404);
    expect((await send("GET /single/999/picture")).statusCode).toBe(404);
    expect((await send("GET /single/..%2f..%2fetc%2fpasswd/picture")).statusCode).toBe(400);
  });
});
