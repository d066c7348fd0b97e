import { describe, expect, test } from "vitest";

import { defaultPaxLimits, findPaxLimitFault, hasAnyPlace } from "./pax-limits.ts";

const nobody = { delegate: 0, envoy: 0, observer: 0, visitor: 0 };

describe("defaults", () => {
  test.each([
    ["antenna", { delegate: 3, visitor: 30 }],
    ["contact antenna", { envoy: 3, visitor: 30 }],
    ["contact", { observer: null }],
    ["partner", { envoy: 3 }],
    ["working group", { envoy: 3, visitor: 30 }],
    ["committee", { envoy: 3, visitor: 30 }],
    ["project", { envoy: 3, visitor: 30 }],
    ["interest group", { visitor: 30 }],
    ["commission", {}],
    ["other", {}],
    ["external", {}],
    ["no such type", {}],
  ])("to an Agora: %s sends %j", (bodyType, expected) => {
    expect(defaultPaxLimits(bodyType, "agora")).toEqual({ ...nobody, ...expected });
  });

  test.each([
    ["antenna", "epm", null],
    ["contact antenna", "epm", null],
    ["contact", "spm", null],
    ["working group", "epm", 0],
    ["partner", "spm", 0],
  ] as const)("%s sends to an %s envoys: %j, and nobody else", (bodyType, eventType, envoy) => {
    expect(defaultPaxLimits(bodyType, eventType)).toEqual({ ...nobody, envoy });
  });
});

describe("limit check", () => {
  const limits = { delegate: 3, envoy: null, observer: 0, visitor: 30 };

  test.each([
    ["the last free place", { participantType: "delegate", participantOrder: 3, count: 3 }],
    ["any number without limit", { participantType: "envoy", participantOrder: 900, count: 900 }],
  ] as const)("allows %s", (_, place) => {
    expect(findPaxLimitFault(limits, place)).toBeNull();
  });

  test.each([
    [
      { participantType: "delegate", participantOrder: 1, count: 4 },
      "The body may send 3 of type delegate, this would be number 4.",
    ],
    [
      { participantType: "delegate", participantOrder: 4, count: 1 },
      "The order of a delegate goes from 1 to 3, not 4.",
    ],
    [
      { participantType: "observer", participantOrder: 1, count: 1 },
      "The body may send 0 of type observer, this would be number 1.",
    ],
  ] as const)("refuses %j", (place, message) => {
    expect(findPaxLimitFault(limits, place)).toBe(message);
  });

  test("a body has places when any kind is above zero or without limit", () => {
    expect(hasAnyPlace(nobody)).toBe(false);
    expect(hasAnyPlace({ ...nobody, visitor: 1 })).toBe(true);
    expect(hasAnyPlace({ ...nobody, observer: null })).toBe(true);
  });
});
