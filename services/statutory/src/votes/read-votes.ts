import type { Deps } from "../deps.ts";
import { listAntennaVotes, listDelegateVotes, type VotesKey } from "./votes.repository.ts";

type DelegateVotesRow = Awaited<ReturnType<typeof listDelegateVotes>>["votes"][number];

/** More delegates than this has no body. */
const ALL = { limit: 2000, offset: 0 };

export async function readBodyVotes(key: VotesKey, { db }: Deps) {
  const [antenna, delegate] = await Promise.all([
    listAntennaVotes(db, { ...key, ...ALL }),
    listDelegateVotes(db, { ...key, ...ALL }),
  ]);
  return {
    antenna: antenna.votes[0] ?? null,
    delegate: delegate.votes.map(formatDelegateVotes),
  };
}

/** Votes with the delegate's application nested in them. */
export function formatDelegateVotes(row: DelegateVotesRow) {
  const {
    statutory_id,
    first_name,
    last_name,
    body_name,
    participant_type,
    participant_order,
    ...votes
  } = row;
  const application = {
    id: votes.application_id,
    user_id: votes.user_id,
    body_id: votes.body_id,
    statutory_id,
    first_name,
    last_name,
    body_name,
    participant_type,
    participant_order,
  };
  return { ...votes, application };
}
