import { notFound } from "@myaegee/service-kit";

import type { Db } from "../tables.ts";
import { type CircleDetails, readCircle } from "./circles.repository.ts";

export async function findCircle(id: number, db: Db): Promise<CircleDetails> {
  const circle = await readCircle(db, id);
  if (circle === undefined) {
    throw notFound("Circle");
  }
  return circle;
}
