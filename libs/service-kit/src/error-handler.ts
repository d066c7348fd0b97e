import { ServiceCallError } from "@myaegee/contracts";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

import { formatValidationErrors } from "./format-validation-errors.ts";
import { HttpError } from "./http-error.ts";

/** Codes of the network and of PostgreSQL that say: away, or on its way out or in. */
const absences = new Set(["ECONNREFUSED", "ECONNRESET", "57P01", "57P02", "57P03"]);

interface Refusal {
  status: number;
  body: { success: false; message?: string; errors?: Record<string, string[]> };
}

/** Every failure as an envelope. What nobody expected becomes a 500 that hides its cause and logs it. */
export function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refusal = planRefusal(error, request.id);
  if (refusal.status >= 500) {
    request.log.error({ err: error, status: refusal.status }, "request failed");
  }
  void reply.code(refusal.status).type("application/json").send(refusal.body);
}

export function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split("?")[0];
  void reply.code(404).send(fail(404, `No such route: ${request.method} ${path}`).body);
}

function planRefusal(error: FastifyError | Error, requestId: string): Refusal {
  if (error instanceof HttpError) {
    return planHttpError(error);
  }
  if (error instanceof ServiceCallError) {
    return fail(503, "A service that this needs is not reachable. Please try again in a moment.");
  }
  if ("validation" in error && error.validation !== undefined) {
    return planValidationError(error);
  }
  if ("code" in error && absences.has(error.code)) {
    return fail(503, "A part that this needs is not reachable. Please try again in a moment.");
  }
  const status = "statusCode" in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500
    ? fail(status, error.message)
    : fail(500, `Something went wrong on our side. Request id: ${requestId}`);
}

function planHttpError(error: HttpError): Refusal {
  if (error.errors === undefined) {
    return fail(error.status, error.message);
  }
  const errors = Object.fromEntries(
    Object.entries(error.errors).map(([field, messages]) => [field, [...messages]]),
  );
  return { status: error.status, body: { success: false, errors } };
}

/** A body or query with faults is 422 by field; a malformed id in the path or a header is 400. */
function planValidationError(error: FastifyError): Refusal {
  const errors = formatValidationErrors(error.validation ?? []);
  if (error.validationContext === "body" || error.validationContext === "querystring") {
    return { status: 422, body: { success: false, errors } };
  }
  const faults = Object.entries(errors).map(
    ([field, messages]) => `${field} ${messages.join(", ")}`,
  );
  return fail(400, `Malformed request: ${faults.join("; ")}.`);
}

function fail(status: number, message: string): Refusal {
  return { status, body: { success: false, message } };
}
