import type { CoreClient } from "@myaegee/contracts";
import { forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { ApplicationContext } from "./read-application-context.ts";

interface NamedBody {
  id: number;
  name: string;
}

/** The other body that an application shall belong to, one that the applicant is a member of; `null`: it stays where it is. */
export async function fetchNewBody(
  bodyId: number | undefined,
  { application, context }: ApplicationContext,
  { core }: Deps,
): Promise<NamedBody | null> {
  if (bodyId === undefined || bodyId === application.body_id) {
    return null;
  }
  const { session, permissions } = context;
  const isMine = application.user_id === session.user.id;
  const body = isMine
    ? session.user.bodies.find(({ id }) => id === bodyId)
    : await fetchBodyOf(application.user_id, bodyId, core);
  if (body === undefined) {
    throw forbidden("An application belongs to a body that the applicant is a member of.");
  }
  if (isMine && permissions.apply_from_body[bodyId] !== true) {
    throw forbidden(`${body.name} cannot send any participants to this event.`);
  }
  return body;
}

async function fetchBodyOf(
  userId: number,
  bodyId: number,
  core: CoreClient,
): Promise<NamedBody | undefined> {
  const [body, members] = await Promise.all([
    core.fetchBody(bodyId),
    core.fetchBodyMembers(bodyId),
  ]);
  const isMember = members.some(({ user_id }) => user_id === userId);
  return body !== null && isMember ? body : undefined;
}
