import type { Session } from "@myaegee/contracts";
import { notFound } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { findEvent } from "../events/find-event.ts";
import { expectVisible } from "../events/show-event.ts";
import { readPictureHead } from "./pictures.repository.ts";

export interface PictureHead {
  eventId: number;
  headers: Record<string, string>;
}

/** Who may see an event may see its picture. */
export async function findPicture(
  key: string,
  session: Session | null,
  deps: Deps,
): Promise<PictureHead> {
  const event = await findEvent(key, deps);
  expectVisible(event, session);
  const picture = await readPictureHead(deps.db, event.id);
  if (picture === undefined) {
    throw notFound("Picture");
  }
  const isPublic = event.status === "published" && !event.deleted;
  return {
    eventId: event.id,
    headers: {
      "content-type": picture.mime_type,
      etag: `"${picture.sha256}"`,
      // The address stays when the picture changes: a browser asks again after five minutes.
      "cache-control": isPublic ? "public, max-age=300" : "private, no-cache",
      vary: "x-auth-token",
      // Whatever somebody smuggled past the check of its content is never run as a page.
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  };
}
