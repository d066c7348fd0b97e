import type { Limit } from "./take-attempt.ts";

export interface Limits {
  logInPerAccount: Limit;
  logInPerAddress: Limit;
  signUpPerAccount: Limit;
  signUpPerAddress: Limit;
  resetPerAccount: Limit;
  resetPerAddress: Limit;
}

const QUARTER_SECONDS = 15 * 60;
const HOUR_SECONDS = 60 * 60;

/** A whole antenna may sit behind one address, so addresses get more than accounts. `factor` widens all. */
export function planLimits(factor: number): Limits {
  const plan = (name: string, maxHits: number, windowSeconds: number): Limit => ({
    name,
    maxHits: Math.round(maxHits * factor),
    windowSeconds,
  });
  return {
    logInPerAccount: plan("log-in-account", 10, QUARTER_SECONDS),
    logInPerAddress: plan("log-in-address", 200, QUARTER_SECONDS),
    signUpPerAccount: plan("sign-up-account", 5, HOUR_SECONDS),
    signUpPerAddress: plan("sign-up-address", 60, HOUR_SECONDS),
    resetPerAccount: plan("reset-account", 5, HOUR_SECONDS),
    resetPerAddress: plan("reset-address", 60, HOUR_SECONDS),
  };
}
