import { expectNoFaults, forbidden, notFound } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { findDateErrors } from "../events/event-dates.ts";
import type { EventContext } from "../events/read-event-context.ts";
import type { PlenaryRow } from "../tables.ts";
import { findPlenary, insertPlenary, updatePlenary } from "./plenaries.repository.ts";
import type { NewPlenary, PlenaryChange } from "./plenaries.schema.ts";

export interface PlenaryTarget {
  context: EventContext;
  plenaryId: number;
}

export async function createPlenary(
  plenary: NewPlenary,
  context: EventContext,
  { db }: Deps,
): Promise<PlenaryRow> {
  expectMayManage(context);
  return insertPlenary(db, { ...planColumns(plenary), event_id: context.event.id });
}

export async function editPlenary(
  change: PlenaryChange,
  target: PlenaryTarget,
  deps: Deps,
): Promise<PlenaryRow> {
  expectMayManage(target.context);
  const current = await readPlenary(target, deps);
  return updatePlenary(deps.db, current.id, planColumns({ ...current, ...change }));
}

export async function readPlenary(
  { context, plenaryId }: PlenaryTarget,
  { db }: Deps,
): Promise<PlenaryRow> {
  const plenary = await findPlenary(db, context.event.id, plenaryId);
  if (plenary === undefined) {
    throw notFound("Plenary");
  }
  return plenary;
}

export function expectMaySeePlenaries({ permissions }: EventContext): void {
  if (!permissions.see_plenaries) {
    throw forbidden("You are not allowed to see plenaries.");
  }
}

function expectMayManage({ permissions }: EventContext): void {
  if (!permissions.manage_plenaries) {
    throw forbidden("You are not allowed to manage plenaries.");
  }
}

function planColumns({ name, starts, ends }: NewPlenary) {
  expectNoFaults(findDateErrors({ starts, ends }));
  if (new Date(ends) <= new Date(starts)) {
    expectNoFaults({ ends: ["A plenary must end after it starts."] });
  }
  return { name, starts, ends };
}
