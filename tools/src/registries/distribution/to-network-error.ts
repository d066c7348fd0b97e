import { SlipwayError } from "../../errors.ts";

/** What the network threw, as an outcome to look at; what Slipway itself refuses is thrown on. */
export function toNetworkError(error: unknown): Error {
  if (error instanceof SlipwayError) {
    throw error;
  }
  return error instanceof Error ? error : new Error(String(error));
}
