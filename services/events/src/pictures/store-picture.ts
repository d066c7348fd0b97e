import { createHash } from "node:crypto";

import type { UserSession } from "@myaegee/auth";

import type { Deps } from "../deps.ts";
import { lockEvent, type EventRow } from "../events/events.repository.ts";
import { findEvent } from "../events/find-event.ts";
import { viewEvent } from "../events/view-event.ts";
import { deriveEventPermissions } from "../permissions/event-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import { judgePicture } from "./judge-picture.ts";
import { writePicture } from "./pictures.repository.ts";

export interface Upload {
  fileName: string;
  content: Buffer;
}

/** Whoever may edit the event gives it its picture. Answers the name that the event has for it now. */
export async function storePicture(
  { key, upload, session }: { key: string; upload: Upload; session: UserSession },
  deps: Deps,
): Promise<string> {
  const found = await findEvent(key, deps);
  expectEditable(found, session);
  const mime_type = await judgePicture(upload.content, upload.fileName);
  const sha256 = createHash("sha256").update(upload.content).digest("hex");
  const name = `${sha256.slice(0, 16)}.${mime_type === "image/png" ? "png" : "jpg"}`;

  await deps.db.transaction().execute(async (trx) => {
    expectEditable(await lockEvent(trx, found.id), session);
    await writePicture(trx, {
      event_id: found.id,
      mime_type,
      sha256,
      content: upload.content,
      name,
    });
  });
  return name;
}

/** Asked before the file is read: nobody fills our memory who may not. */
export async function expectMayUpload(
  key: string,
  session: UserSession,
  deps: Deps,
): Promise<void> {
  expectEditable(await findEvent(key, deps), session);
}

function expectEditable(event: EventRow, session: UserSession): void {
  const { edit_event } = deriveEventPermissions(viewEvent(event, new Date()), session);
  expectAllowed(edit_event, "You cannot change the picture of this event.");
}
