import { join } from "node:path";

import { negotiate } from "@fastify/accept-negotiator";
import fastifyStatic from "@fastify/static";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest, FastifySchema } from "fastify";

import type { Encoding, RootFile } from "./root-files.ts";

export interface PagesOptions {
  publicFolder: string;
  rootFiles: ReadonlyMap<string, RootFile>;
}

const notPartOfTheApi: FastifySchema & { hide: boolean } = { hide: true };
const YEAR_SECONDS = 31_536_000;
/** Paths of other services: an unknown one must not look like a page. */
const OF_OTHERS = /^\/(api|media|services|\.well-known)(\/|$)/;

/** The built pages: hashed assets for ever, everything else asked anew each time. */
export const pages: FastifyPluginAsync<PagesOptions> = async (app, { publicFolder, rootFiles }) => {
  await app.register(fastifyStatic, {
    root: join(publicFolder, "assets"),
    prefix: "/assets/",
    preCompressed: true,
    immutable: true,
    maxAge: YEAR_SECONDS * 1000,
    lastModified: false,
    index: false,
    decorateReply: false,
    schemaHide: true,
  });

  app.get("/*", { schema: notPartOfTheApi }, (request, reply) => {
    const path = request.url.split("?")[0] ?? "/";
    if (OF_OTHERS.test(path)) return reply.callNotFound();
    return sendRootFile(
      rootFiles.get(path.slice(1)) ?? rootFiles.get("index.html"),
      request,
      reply,
    );
  });
};

function sendRootFile(
  file: RootFile | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (file === undefined) {
    reply.callNotFound();
    return reply;
  }
  void reply
    .header("etag", file.etag)
    .header("cache-control", "no-cache")
    .header("vary", "accept-encoding");
  if (request.headers["if-none-match"]?.includes(file.etag) === true) return reply.code(304).send();

  const encoding = chooseEncoding(request, file);
  if (encoding !== "identity") void reply.header("content-encoding", encoding);
  return reply.type(file.type).send(file.bodies[encoding]);
}

function chooseEncoding(request: FastifyRequest, file: RootFile): Encoding {
  const accepted = request.headers["accept-encoding"] ?? "identity";
  const offered = ENCODINGS.filter((encoding) => file.bodies[encoding] !== undefined);
  return ENCODINGS.find((one) => one === negotiate(accepted, offered)) ?? "identity";
}

const ENCODINGS: readonly Encoding[] = ["br", "gzip", "identity"];
