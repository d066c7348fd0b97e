import type { FastifyRequest } from "fastify";

export const csvType = "text/csv; charset=utf-8";

/** Whether the client asks for a table in so many words; `*`/`*` gets JSON. */
export function acceptsCsv(request: FastifyRequest): boolean {
  const types = request.headers.accept?.split(",") ?? [];
  return types.some((type) => type.split(";")[0]?.trim().toLowerCase() === "text/csv");
}
