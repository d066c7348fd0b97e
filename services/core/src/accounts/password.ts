import { hash, verify } from "@node-rs/argon2";

/** OWASP's second recommendation for Argon2id: 19 MiB, two passes, one lane. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

/**
 * Takes the same time whether or not there is an account:
 * without one the password is checked against a hash that nothing matches.
 */
export async function isPasswordOf(
  account: { password_hash: string } | undefined,
  password: string,
): Promise<boolean> {
  const isRight = await verify(account?.password_hash ?? decoyHash, password);
  return isRight && account !== undefined;
}

/** Of a random password that was thrown away; made with the same parameters, so it takes as long. */
export const decoyHash =
  "$argon2id$v=19$m=19456,t=2,p=1$40g9VkjrWWgycOnGcnRMSQ$WhnDi3lHtbs3/HUltmeJe5JJZ7ebZS//wZeqfZi8+hQ";
