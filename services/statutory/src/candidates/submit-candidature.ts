import type { UserSession } from "@myaegee/auth";
import { isUniqueViolation } from "@myaegee/database";
import { enqueueMail } from "@myaegee/outbox";
import { forbidden, unprocessable } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { formatPosition } from "../positions/format-position.ts";
import { readPosition } from "../positions/write-position.ts";
import type { CandidateRow } from "../tables.ts";
import { insertCandidate } from "./candidates.repository.ts";
import type { NewCandidate } from "./candidates.schema.ts";

export interface CandidatePosition {
  context: EventContext<UserSession>;
  positionId: number;
}

/** The caller runs for a position; the Juridical Commission is told. */
export async function submitCandidature(
  candidate: NewCandidate,
  target: CandidatePosition,
  deps: Deps,
): Promise<CandidateRow> {
  const { session, permissions, event } = target.context;
  const position = await readPosition(target, deps);
  const isOpen = formatPosition(position, deps.now()).status === "open";
  if (!isOpen && !permissions.manage_candidates) {
    throw forbidden(`The position "${position.name}" takes no candidates now.`);
  }
  const body = expectOwnBody(candidate.body_id, session);
  return refuseSecondCandidature(() =>
    deps.db.transaction().execute(async (trx) => {
      const row = await insertCandidate(trx, {
        ...formatCandidateColumns(candidate),
        position_id: position.id,
        user_id: session.user.id,
        body_id: body.id,
        body_name: body.name,
        first_name: session.user.first_name,
        last_name: session.user.last_name,
        email: session.user.notification_email,
        date_of_birth: session.user.date_of_birth,
        agreed_to_privacy_policy: true,
      });
      await enqueueMail(trx, {
        template: "candidate_applied",
        to: deps.contacts.juridical,
        subject: `A new candidate for ${position.name}`,
        parameters: {
          candidate: { first_name: row.first_name, last_name: row.last_name },
          position: { name: position.name, event_id: event.id },
        },
      });
      return row;
    }),
  );
}

export function expectOwnBody(bodyId: number, session: UserSession) {
  const body = session.user.bodies.find(({ id }) => id === bodyId);
  if (body === undefined) {
    throw forbidden("You cannot run on behalf of a body that you are not a member of.");
  }
  return body;
}

/** Each column by name, so no other field of a request gets through. */
export function formatCandidateColumns(candidate: Omit<NewCandidate, "agreed_to_privacy_policy">) {
  return {
    nationality: candidate.nationality,
    languages: JSON.stringify(candidate.languages),
    member_since: candidate.member_since,
    studies: candidate.studies,
    european_experience: candidate.european_experience,
    local_experience: candidate.local_experience,
    attended_agorae: candidate.attended_agorae,
    attended_epm: candidate.attended_epm,
    attended_conferences: candidate.attended_conferences,
    external_experience: candidate.external_experience,
    related_experience: candidate.related_experience,
    motivation: candidate.motivation,
    program: candidate.program,
  };
}

async function refuseSecondCandidature<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "candidates_one_per_user")) {
      throw unprocessable({ user_id: ["You run for this position already."] });
    }
    throw error;
  }
}
