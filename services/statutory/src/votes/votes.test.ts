import { assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";

import { countVotes, distributeVotes, planDelegateVotes } from "./votes.ts";

const delegate = (applicationId: number, flags = {}) => ({
  applicationId,
  userId: applicationId + 100,
  participantOrder: applicationId,
  cancelled: false,
  confirmed: true,
  registered: false,
  departed: false,
  ...flags,
});

describe("votes of an antenna", () => {
  test.each([
    [0, 0],
    [1, 1],
    [20, 1],
    [21, 2],
    [50, 2],
    [51, 3],
    [100, 3],
    [101, 4],
    [150, 4],
    [151, 5],
    [175, 5],
    [200, 5],
    [201, 6],
    [250, 6],
    [251, 7],
    [350, 7],
    [351, 8],
    [450, 8],
    [451, 9],
    [550, 9],
    [551, 10],
    [650, 10],
    [651, 11],
    [750, 11],
    [751, 12],
    [850, 12],
    [851, 13],
    [950, 13],
    [951, 14],
    [1199, 14],
    [1200, 15],
    [1449, 15],
    [1450, 16],
  ])("%i members give %i votes", (members, votes) => {
    expect(countVotes("antenna", members)).toBe(votes);
  });

  test.each(["contact antenna", "contact", "working group", "partner"])(
    "a %s has no votes",
    (bodyType) => {
      expect(countVotes(bodyType, 175)).toBe(0);
    },
  );
});

describe("distribution", () => {
  test.each([
    [10, 3, [4, 3, 3]],
    [5, 1, [5]],
    [2, 3, [1, 1, 0]],
    [6, 3, [2, 2, 2]],
    [7, 0, []],
  ])("%i votes over %i delegates: %j", (votes, delegates, shares) => {
    expect(distributeVotes(votes, delegates)).toEqual(shares);
  });

  test("never loses a vote and never differs by more than one", () => {
    assert(
      property(integer({ min: 0, max: 60 }), integer({ min: 1, max: 30 }), (votes, count) => {
        const shares = distributeVotes(votes, count);

        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(votes);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("votes of the delegates", () => {
  test("off-event counts who is confirmed, on-event who is registered and has not departed", () => {
    const delegates = [
      delegate(3, { registered: true }),
      delegate(1, { registered: true, departed: true }),
      delegate(2),
      delegate(4, { cancelled: true, registered: true }),
      delegate(5, { confirmed: false }),
    ];

    expect(planDelegateVotes(10, delegates)).toEqual([
      { type: "off-event", applicationId: 1, userId: 101, votes: 4 },
      { type: "off-event", applicationId: 2, userId: 102, votes: 3 },
      { type: "off-event", applicationId: 3, userId: 103, votes: 3 },
      { type: "on-event", applicationId: 3, userId: 103, votes: 10 },
    ]);
  });
});
