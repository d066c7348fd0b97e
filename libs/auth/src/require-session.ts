import type { Session, SessionUser } from "@myaegee/contracts";
import { forbidden, unauthorized, unavailable } from "@myaegee/service-kit";
import type { FastifyRequest } from "fastify";

/** The session of a person. */
export interface UserSession extends Session {
  user: SessionUser;
}

/** A person, or 401; 503 when core is away. */
export async function requireUser(request: FastifyRequest): Promise<UserSession> {
  const session = await requireSession(request);
  const { user } = session;
  if (user === null) {
    throw forbidden("This is for people, not for services.");
  }
  return { ...session, user };
}

/** A person or a service, or 401; 503 when core is away. */
export async function requireSession(request: FastifyRequest): Promise<Session> {
  const session = await fetchOrUnavailable(request);
  if (session === null) {
    throw unauthorized();
  }
  return session;
}

/** For public routes: who it is if that can be found out, else a stranger, also when core is away. */
export async function optionalSession(request: FastifyRequest): Promise<Session | null> {
  try {
    return await request.fetchSession();
  } catch (error) {
    request.log.warn({ err: error }, "core is away, the caller is served as a stranger");
    return null;
  }
}

async function fetchOrUnavailable(request: FastifyRequest): Promise<Session | null> {
  try {
    return await request.fetchSession();
  } catch (cause) {
    throw unavailable("Core cannot be asked who you are. Please try again in a moment.", cause);
  }
}
