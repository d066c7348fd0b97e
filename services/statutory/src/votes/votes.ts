/** Members up to this number give this many votes; beyond the last, one more for each further 250. */
const brackets: readonly (readonly [upTo: number, votes: number])[] = [
  [0, 0],
  [20, 1],
  [50, 2],
  [100, 3],
  [150, 4],
  [200, 5],
  [250, 6],
  [350, 7],
  [450, 8],
  [550, 9],
  [650, 10],
  [750, 11],
  [850, 12],
  [950, 13],
];

const VOTES_ABOVE_BRACKETS = 14;
const MEMBERS_IN_BRACKETS = 950;
const MEMBERS_PER_FURTHER_VOTE = 250;

/** Votes of a body at an Agora. Only antennae vote, by the length of their members list. */
export function countVotes(bodyType: string, memberCount: number): number {
  if (bodyType !== "antenna") {
    return 0;
  }
  const bracket = brackets.find(([upTo]) => memberCount <= upTo);
  const further = Math.floor((memberCount - MEMBERS_IN_BRACKETS) / MEMBERS_PER_FURTHER_VOTE);
  return bracket?.[1] ?? VOTES_ABOVE_BRACKETS + further;
}

/** Shares of each delegate, in their order; what does not divide goes to the first ones. */
export function distributeVotes(votes: number, delegateCount: number): number[] {
  const share = Math.floor(votes / delegateCount);
  const rest = votes % delegateCount;
  return Array.from({ length: delegateCount }, (_, index) => share + (index < rest ? 1 : 0));
}

export const voteTypes = ["off-event", "on-event"] as const;

export type VoteType = (typeof voteTypes)[number];

export interface Delegate {
  applicationId: number;
  userId: number;
  participantOrder: number;
  cancelled: boolean;
  confirmed: boolean;
  registered: boolean;
  departed: boolean;
}

export interface DelegateVotes {
  type: VoteType;
  applicationId: number;
  userId: number;
  votes: number;
}

/** Both distributions of an antenna's votes: among those who are confirmed, and among those who are on the spot. */
export function planDelegateVotes(votes: number, delegates: readonly Delegate[]): DelegateVotes[] {
  return voteTypes.flatMap((type) => {
    const entitled = delegates
      .filter((delegate) => isEntitled(delegate, type))
      .toSorted((a, b) => a.participantOrder - b.participantOrder);
    const shares = distributeVotes(votes, entitled.length);
    return entitled.map(({ applicationId, userId }, index) => ({
      type,
      applicationId,
      userId,
      votes: shares[index] ?? 0,
    }));
  });
}

function isEntitled(delegate: Delegate, type: VoteType): boolean {
  const isComing = delegate.confirmed && !delegate.cancelled;
  return type === "off-event" ? isComing : isComing && delegate.registered && !delegate.departed;
}
