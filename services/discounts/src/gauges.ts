import type { GaugeDefinition } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { Tables } from "./tables.ts";

/** What partners and the association want to know. */
export function createGauges(db: Kysely<Tables>): GaugeDefinition[] {
  const countCodes = async (isClaimed: boolean) => {
    const { count } = await db
      .selectFrom("codes")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("claimed_by", isClaimed ? "is not" : "is", null)
      .executeTakeFirstOrThrow();
    return count;
  };
  return [
    { name: "codes_free", help: "Codes that nobody has claimed.", read: () => countCodes(false) },
    { name: "codes_claimed", help: "Codes that were claimed.", read: () => countCodes(true) },
  ];
}
