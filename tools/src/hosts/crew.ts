import { setTimeout as delay } from "node:timers/promises";

import { isHostLost } from "../deploy/is-definitive.ts";
import { SlipwayError } from "../errors.ts";
import type { Host } from "./host.ts";

/** What an environment has on one of its hosts. */
export interface CrewMember {
  host: Host;
}

/** The hosts of an environment at work together. One that goes away is told of once and left out from then on. */
export interface Crew<Member extends CrewMember> {
  /** Keeps ledger and database; nothing goes on without it. */
  first: Member;
  present(): readonly Member[];
  /** Names of those that went away. */
  lost(): readonly string[];
  /** On all at once, in the order of the hosts. Throws HOST_LOST when one went away, after the others are done. */
  each<Result>(work: (member: Member) => Promise<Result>): Promise<readonly Result[]>;
  /** On one of them. Throws HOST_LOST when it went away. */
  one<Result>(member: Member, work: (member: Member) => Promise<Result>): Promise<Result>;
}

const answerLimitMs = 5000;

export function createCrew<Member extends CrewMember>(
  [first, ...others]: readonly [Member, ...Member[]],
  absent: readonly string[] = [],
): Crew<Member> {
  const lost = new Set(absent);
  const present = () => [first, ...others.filter(({ host }) => !lost.has(host.name))];

  async function one<Result>(
    member: Member,
    work: (member: Member) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work(member);
    } catch (error) {
      const isGone = isUnreachable(error) || !(await answers(member.host));
      if (member === first || !isGone) throw error;
      lost.add(member.host.name);
      throw hostLost(member.host, error);
    }
  }

  return {
    first,
    present,
    lost: () => [...lost],
    one,
    async each(work) {
      const settled = await Promise.allSettled(
        present().map(async (member) => one(member, async () => work(member))),
      );
      const failures = settled.flatMap((result) =>
        result.status === "rejected" ? [asError(result.reason)] : [],
      );
      // What failed on a host that is there says more.
      const worst = failures.find((error) => !isHostLost(error)) ?? failures[0];
      if (worst !== undefined) throw worst;
      return settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    },
  };
}

/** Whether a host on which something failed is still there. */
async function answers(host: Host): Promise<boolean> {
  const settled = new AbortController();
  const late = delay(answerLimitMs, false, { signal: settled.signal }).catch(() => false);
  const asked = host.run({ argv: ["true"] }).then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    settled.abort();
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof SlipwayError && error.code === "HOST_UNREACHABLE";
}

function hostLost({ name }: Host, cause: unknown): SlipwayError {
  return new SlipwayError("HOST_LOST", `${name} went away while it was worked on.`, {
    details: [asError(cause).message],
    cause,
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
