import { isUniqueViolation } from "@myaegee/database";
import { notFound, unprocessable } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import {
  insertIntegration,
  readIntegration,
  updateIntegration,
} from "./integrations.repository.ts";
import type { Integration, IntegrationChanges, NewIntegration } from "./integrations.schema.ts";

export function addIntegration(
  integration: NewIntegration,
  db: Kysely<Tables>,
): Promise<Integration> {
  return expectFreeCode(() => insertIntegration(db, integration));
}

export async function changeIntegration(
  idOrCode: string,
  changes: IntegrationChanges,
  db: Kysely<Tables>,
): Promise<Integration> {
  const { id } = await expectIntegration(idOrCode, db);
  const changed = await expectFreeCode(() => updateIntegration(db, id, changes));
  if (changed === null) {
    throw notFound("Integration");
  }
  return changed;
}

/** The integration with this id or code, or 404. */
export async function expectIntegration(
  idOrCode: string,
  db: Kysely<Tables>,
  options?: { withCounts: boolean },
): Promise<Integration> {
  const integration = await readIntegration(db, idOrCode, options);
  if (integration === null) {
    throw notFound("Integration");
  }
  return integration;
}

async function expectFreeCode<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error, "integrations_code")
      ? unprocessable({ code: "There is an integration with this code already." })
      : error;
  }
}
