import type { Session } from "@myaegee/contracts";

import type { Application } from "../applications/application.schema.ts";
import { deriveEventPermissions, type EventFacts } from "./event-permissions.ts";

export interface ApplicationPermissions {
  isOwn: boolean;
  view: boolean;
  edit: boolean;
  comment: boolean;
}

export function deriveApplicationPermissions(
  event: EventFacts,
  application: Pick<Application, "user_id" | "body_id">,
  session: Session,
): ApplicationPermissions {
  const permissions = deriveEventPermissions(event, session);
  const isOwn = application.user_id === session.user?.id;
  return {
    isOwn,
    view: isOwn || permissions.list_applications,
    edit: (isOwn && permissions.apply) || permissions.edit_event,
    comment: permissions.set_board_comment[application.body_id] === true,
  };
}
