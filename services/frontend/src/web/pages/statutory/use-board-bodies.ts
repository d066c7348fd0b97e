import { type Body, core } from "../../api/core.ts";
import { type PerBody, statutory, type StatutoryEvent } from "../../api/statutory.ts";
import { type LoadState, useLoad } from "../../composables/use-load.ts";
import { bodiesOf } from "./statutory-links.ts";

export interface BoardBodies {
  event: StatutoryEvent;
  bodies: Body[];
}

/** An event with the bodies for which the caller may do something there: all of them, or their own. */
export function useBoardBodies(
  eventId: string,
  permission: "see_boardview" | "see_memberslist",
): LoadState<BoardBodies> {
  return useLoad(async () => {
    const event = await statutory.fetchOne(eventId);
    return { event, bodies: await fetchBodies(event.permissions?.[permission]) };
  });
}

async function fetchBodies(permission: PerBody | undefined): Promise<Body[]> {
  if (permission?.["global"] === true) {
    return core.listAllBodies();
  }
  return Promise.all(bodiesOf(permission).map((id) => core.fetchBody(id)));
}
