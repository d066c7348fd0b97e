import { createHash, randomBytes } from "node:crypto";

import { runSql, type Stack } from "./start-stack.ts";

/** Seeded as superadmin; the first member of core's big data, who is on the board of body 1002. */
export const people = { admin: 1, board: 100_001 } as const;

/** A session of this user without a login, which would cost a password's hash. */
export async function insertToken(stack: Stack, userId: number): Promise<string> {
  const token = randomBytes(16).toString("hex");
  const hash = createHash("sha256").update(token).digest();
  await runSql(
    stack.databaseUrl("core"),
    `with session as (insert into sessions (user_id) values ($1) returning id)
     insert into access_tokens (token_hash, session_id, expires_at)
     select $2, id, now() + interval '1 hour' from session`,
    [userId, hash],
  );
  return token;
}
