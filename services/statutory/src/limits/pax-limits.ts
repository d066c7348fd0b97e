import { localBodyTypes } from "@myaegee/contracts";

import type { EventType } from "../events/event-types.ts";

export const participantTypes = ["delegate", "envoy", "observer", "visitor"] as const;

export type ParticipantType = (typeof participantTypes)[number];

/** How many of each kind a body may send; `null` is without limit. */
export type PaxLimits = Record<ParticipantType, number | null>;

const nobody: PaxLimits = { delegate: 0, envoy: 0, observer: 0, visitor: 0 };

const agoraDefaults: Readonly<Record<string, Partial<PaxLimits>>> = {
  antenna: { delegate: 3, visitor: 30 },
  "contact antenna": { envoy: 3, visitor: 30 },
  contact: { observer: null },
  partner: { envoy: 3 },
  "working group": { envoy: 3, visitor: 30 },
  committee: { envoy: 3, visitor: 30 },
  project: { envoy: 3, visitor: 30 },
  "interest group": { visitor: 30 },
};

/** What a body may send as long as nobody set a limit of its own. */
export function defaultPaxLimits(bodyType: string, eventType: EventType): PaxLimits {
  if (eventType === "agora") {
    return { ...nobody, ...agoraDefaults[bodyType] };
  }
  return localBodyTypes.includes(bodyType) ? { ...nobody, envoy: null } : nobody;
}

export function hasAnyPlace(limits: PaxLimits): boolean {
  return participantTypes.some((type) => limits[type] !== 0);
}

export interface PlaceTaken {
  participantType: ParticipantType;
  participantOrder: number;
  /** All of this kind from the body, this one included. */
  count: number;
}

/** Why a body may not send this participant, or `null` when it may. */
export function findPaxLimitFault(limits: PaxLimits, place: PlaceTaken): string | null {
  const limit = limits[place.participantType];
  if (limit === null) {
    return null;
  }
  if (place.count > limit) {
    return `The body may send ${limit} of type ${place.participantType}, this would be number ${place.count}.`;
  }
  if (place.participantOrder > limit) {
    return `The order of a ${place.participantType} goes from 1 to ${limit}, not ${place.participantOrder}.`;
  }
  return null;
}
