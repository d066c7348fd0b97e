import { isUniqueViolation } from "@myaegee/database";
import { unprocessable } from "@myaegee/service-kit";

import { uniqueSlug } from "./events.repository.ts";

/** Two may ask for a slug at the same moment: only the database knows who was first. */
export async function refuseTakenSlug<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error, uniqueSlug)
      ? unprocessable({ url: "There is an event with this URL already." })
      : error;
  }
}
