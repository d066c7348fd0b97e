import { forbidden, notFound } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readPosition } from "../positions/write-position.ts";
import type { CandidateRow } from "../tables.ts";
import { findCandidate, updateCandidate } from "./candidates.repository.ts";
import type { CandidateChange } from "./candidates.schema.ts";
import {
  expectOwnBody,
  formatCandidateColumns,
  type CandidatePosition,
} from "./submit-candidature.ts";

export interface CandidateTarget extends CandidatePosition {
  candidateId: number;
}

/** A whole candidature: for the candidate and those who manage candidates. */
export async function readCandidature(target: CandidateTarget, deps: Deps): Promise<CandidateRow> {
  const { session, permissions } = target.context;
  const position = await readPosition(target, deps);
  const candidate = await findCandidate(deps.db, position.id, target.candidateId);
  if (candidate === undefined) {
    throw notFound("Candidate");
  }
  if (candidate.user_id !== session.user.id && !permissions.manage_candidates) {
    throw forbidden("You are not allowed to see this candidature.");
  }
  return candidate;
}

/** One's own as long as it is pending; who manages candidates edits any. */
export async function editCandidature(
  change: CandidateChange,
  target: CandidateTarget,
  deps: Deps,
): Promise<CandidateRow> {
  const { session, permissions } = target.context;
  const candidate = await readCandidature(target, deps);
  const isMoved = change.body_id !== undefined && change.body_id !== candidate.body_id;
  const body = isMoved ? expectOwnBody(change.body_id ?? 0, session) : null;
  const row = await updateCandidate(
    deps.db,
    permissions.manage_candidates ? { id: candidate.id } : { id: candidate.id, onlyIf: "pending" },
    {
      ...formatCandidateColumns({ ...candidate, ...change }),
      ...(body === null ? {} : { body_id: body.id, body_name: body.name }),
    },
  );
  if (row === undefined) {
    throw forbidden("This candidature was decided upon already and cannot be edited any more.");
  }
  return row;
}

export async function setCandidatureStatus(
  status: CandidateRow["status"],
  target: CandidateTarget,
  deps: Deps,
): Promise<CandidateRow> {
  if (!target.context.permissions.manage_candidates) {
    throw forbidden("You are not allowed to decide on candidatures.");
  }
  const candidate = await readCandidature(target, deps);
  const row = await updateCandidate(deps.db, { id: candidate.id }, { status });
  return row ?? candidate;
}
