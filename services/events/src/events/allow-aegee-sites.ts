import type { FastifyReply, FastifyRequest } from "fastify";

const AEGEE_SITE = /^https:\/\/([a-z0-9-]+\.)*aegee\.(eu|org)$/;

/** For `onRequest`: websites of the association and its locals show the public events. */
export async function allowAegeeSites(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { origin } = request.headers;
  reply.header("vary", "origin");
  if (origin !== undefined && AEGEE_SITE.test(origin)) {
    reply.header("access-control-allow-origin", origin);
  }
}
