import { SlipwayError } from "../errors.ts";
import type { Platform } from "../hosts/platform.ts";
import { findConnection, type Session } from "./open-session.ts";

/** Asks what runs, without the lock; changes nothing. Throws ENVIRONMENT_STOPPED. */
export async function askPlatform<Result>(
  session: Session,
  ask: (platform: Platform) => Promise<Result>,
): Promise<Result> {
  const connection = await findConnection(session);
  const { name } = session.environment;
  if (connection === null) {
    throw new SlipwayError("ENVIRONMENT_STOPPED", `${name} does not run.`, {
      hint: `Start it with: npx nx run tools:deploy --env=${name}`,
    });
  }
  try {
    return await ask(connection.platform);
  } finally {
    await connection.close();
  }
}
