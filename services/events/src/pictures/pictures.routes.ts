import multipart from "@fastify/multipart";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, optionalSession, requireUser } from "@myaegee/auth";
import { Failure, responses, Success } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { EventParams } from "../events/event-params.ts";
import { findPicture } from "./find-picture.ts";
import { readPictureContent } from "./pictures.repository.ts";
import { readUpload } from "./read-upload.ts";
import { expectMayUpload, storePicture } from "./store-picture.ts";

const MAX_PICTURE_BYTES = 5 * 1024 * 1024;
const Form = Type.Object({
  head_image: Type.String({ format: "binary", description: "PNG or JPEG, 5 MB at most." }),
});
const StoredName = Type.String({ description: "The event's new `image`." });
const Binary = Type.Unsafe<Buffer>({ type: "string", format: "binary" });
const PictureFile = {
  description: "The picture.",
  content: { "image/png": { schema: Binary }, "image/jpeg": { schema: Binary } },
};
const Unchanged = Type.Null({ description: "The browser's copy is still the right one." });

/** The picture of an event: in by form, out with headers that let browsers keep it. */
export const picturesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  await app.register(multipart, {
    limits: { files: 1, fields: 10, parts: 11, fileSize: MAX_PICTURE_BYTES },
  });

  app.post(
    "/single/:event/upload",
    {
      onRequest: loggedIn,
      schema: {
        summary: "Upload the picture of an event",
        consumes: ["multipart/form-data"],
        params: EventParams,
        body: Form,
        response: responses(Success(StoredName)),
      },
      // A form is no JSON: its schema stands there for the documentation alone.
      validatorCompiler: (part) =>
        part.httpPart === "body" ? () => true : (app.validatorCompiler?.(part) ?? (() => true)),
    },
    async (request) => {
      const session = await requireUser(request);
      const key = request.params.event;
      await expectMayUpload(key, session, deps);
      const upload = await readUpload(request);
      const name = await storePicture({ key, upload, session }, deps);
      return { ...ok(name), message: "The picture was stored." };
    },
  );

  app.get(
    "/single/:event/picture",
    {
      schema: {
        summary: "Show the picture of an event",
        params: EventParams,
        response: { 200: PictureFile, 304: Unchanged, "4xx": Failure, "5xx": Failure },
      },
    },
    async (request, reply) => {
      const session = await optionalSession(request);
      const { eventId, headers } = await findPicture(request.params.event, session, deps);
      reply.headers(headers);
      return request.headers["if-none-match"] === headers["etag"]
        ? reply.code(304).send(null)
        : reply.send(await readPictureContent(deps.db, eventId));
    },
  );
};
