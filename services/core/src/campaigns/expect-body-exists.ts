import { unprocessable } from "@myaegee/service-kit";

import { readBody } from "../bodies/bodies.repository.ts";
import type { Db } from "../tables.ts";

export async function expectBodyExists(bodyId: number | null | undefined, db: Db): Promise<void> {
  if (typeof bodyId === "number" && (await readBody(db, bodyId, "active")) === undefined) {
    throw unprocessable({ autojoin_body_id: `There is no body ${bodyId}.` });
  }
}
