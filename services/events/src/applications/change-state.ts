import type { UserSession } from "@myaegee/auth";
import { expectNoFaults } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { shareEvent } from "../events/events.repository.ts";
import { viewEvent } from "../events/view-event.ts";
import { deriveEventPermissions } from "../permissions/event-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import { findStateFaults, type ApplicationState } from "./application-rules.ts";
import type { Application } from "./application.schema.ts";
import { lockApplication, updateApplication } from "./applications.repository.ts";
import { findApplication, type ApplicationKey } from "./find-application.ts";

/** Which permission of the event each part of the state asks for. */
const permissionFor = {
  status: "approve_participants",
  confirmed: "set_participants_confirmed",
  attended: "set_participants_attended",
} as const;

export interface StateChange<Field extends keyof ApplicationState> {
  key: ApplicationKey;
  field: Field;
  value: ApplicationState[Field];
  session: UserSession;
}

/** Selection, confirmation or attendance: one at a time, by whoever runs the event. */
export async function changeState<Field extends keyof ApplicationState>(
  { key, field, value, session }: StateChange<Field>,
  deps: Deps,
): Promise<Application> {
  const found = await findApplication(key, session, deps);

  return deps.db.transaction().execute(async (trx) => {
    const event = viewEvent(await shareEvent(trx, found.event.id), new Date());
    expectAllowed(
      deriveEventPermissions(event, session)[permissionFor[field]],
      `You are not allowed to change the ${field} of this application.`,
    );
    const { id, ...current } = await lockApplication(trx, found.application.id);
    const change = { [field]: value };
    expectNoFaults(findStateFaults(current, change));
    return updateApplication(trx, id, change);
  });
}
