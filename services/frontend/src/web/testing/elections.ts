import type { OwnCandidature, Position } from "../api/elections.ts";

export function buildPosition(changes: Partial<Position> = {}): Position {
  return {
    id: 4,
    name: "President",
    body_id: 1,
    places: 1,
    requirements: "Two Agorae attended.",
    starts: "2027-01-01T10:00:00Z",
    ends: "2027-02-01T10:00:00Z",
    start_term: null,
    end_term: null,
    status: "open",
    status_override: null,
    candidates: [],
    ...changes,
  };
}

export function buildCandidature(changes: Partial<OwnCandidature> = {}): OwnCandidature {
  return {
    id: 9,
    position_id: 4,
    user_id: 3,
    status: "pending",
    first_name: "Mia",
    last_name: "Member",
    email: "mia@example.org",
    body_id: 1,
    body_name: "AEGEE-Testburg",
    created_at: "2027-01-02T10:00:00Z",
    nationality: "Dutch",
    languages: ["Dutch", "English"],
    member_since: "2020-09-01",
    studies: "Law",
    european_experience: "Two projects",
    local_experience: "Board",
    attended_agorae: "Three",
    attended_epm: "One",
    attended_conferences: "None",
    external_experience: "Scouts",
    related_experience: "Treasurer",
    motivation: "Europe",
    program: "Trains",
    ...changes,
  };
}
