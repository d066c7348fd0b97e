import { collectFieldErrors, type FieldErrors } from "@myaegee/service-kit";

import type { ApplicationStatus } from "./application.schema.ts";

export interface ApplicationState {
  status: ApplicationStatus;
  confirmed: boolean;
  attended: boolean;
}

/** The order of selection: accepted, then confirmed, then attended, and back the same way. */
export function findStateFaults(
  state: ApplicationState,
  change: Partial<ApplicationState>,
): FieldErrors {
  const next = { ...state, ...change };
  return collectFieldErrors({
    status:
      change.status !== undefined && state.confirmed && next.status !== "accepted"
        ? "This application is confirmed: withdraw that before it stops being accepted."
        : null,
    confirmed: change.confirmed === undefined ? null : judgeConfirmed(next),
    attended:
      change.attended === true && !state.confirmed
        ? "This application is not confirmed: confirm it before it is marked as attended."
        : null,
  });
}

function judgeConfirmed(next: ApplicationState): string | null {
  if (next.confirmed && next.status !== "accepted") {
    return `This application is ${next.status}: accept it before it is confirmed.`;
  }
  return !next.confirmed && next.attended
    ? "This application is marked as attended: it cannot become unconfirmed."
    : null;
}
