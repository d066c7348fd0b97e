import { createDatabase, lockKey } from "@myaegee/database";

import { insertCategory } from "../categories/categories.repository.ts";
import { insertCodes } from "../codes/codes.repository.ts";
import { insertIntegration, readIntegration } from "../integrations/integrations.repository.ts";
import type { Tables } from "../tables.ts";
import { seedCategories, seedIntegrations } from "./seed-data.ts";

const CODES = 50;

/** Two partners with codes and two categories. Running it again changes nothing. */
export async function seed(url: string): Promise<void> {
  const db = createDatabase<Tables>({ url, applicationName: "discounts-seed" });
  try {
    await db.transaction().execute(async (trx) => {
      await lockKey(trx, "seed");
      for (const integration of seedIntegrations) {
        const { id } =
          (await readIntegration(trx, integration.code)) ??
          (await insertIntegration(trx, integration));
        await insertCodes(trx, id, listCodes(integration.code));
      }
      const known = await trx.selectFrom("categories").select("name").execute();
      const missing = seedCategories.filter(
        (category) => !known.some(({ name }) => name === category.name),
      );
      for (const category of missing) {
        await insertCategory(trx, category);
      }
    });
  } finally {
    await db.destroy();
  }
}

function listCodes(prefix: string): string[] {
  return Array.from(
    { length: CODES },
    (_, index) => `${prefix.toUpperCase()}-${String(index + 1).padStart(3, "0")}`,
  );
}
