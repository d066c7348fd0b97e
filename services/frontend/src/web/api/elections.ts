import { fetchAll, fetchData } from "./client.ts";

export interface PositionDraft {
  name: string;
  body_id: number;
  places: number;
  requirements: string | null;
  starts: string;
  ends: string;
  start_term: string | null;
  end_term: string | null;
}

export interface Position extends PositionDraft {
  id: number;
  /** By the clock, unless somebody has decided otherwise. */
  status: "open" | "closed";
  status_override: "open" | "closed" | null;
  candidates: Candidate[];
}

export const STORY_FIELDS = {
  studies: "Studies",
  european_experience: "European experience",
  local_experience: "Local experience",
  attended_agorae: "Agorae you attended",
  attended_epm: "EPMs you attended",
  attended_conferences: "Conferences you attended",
  external_experience: "Experience outside AEGEE",
  related_experience: "Experience with tasks like these",
  motivation: "Motivation",
  program: "Programme",
} as const;

export type StoryField = keyof typeof STORY_FIELDS;

export interface CandidatureDraft extends Record<StoryField, string> {
  body_id: number;
  nationality: string;
  languages: string[];
  member_since: string;
}

export type CandidateStatus = "pending" | "approved" | "rejected";

/** Of others who wait for approval no more than the first six are shown. */
export interface Candidate extends Partial<CandidatureDraft> {
  id: number;
  status: CandidateStatus;
  first_name: string;
  last_name: string;
  body_name: string;
  created_at: string;
  user_id?: number;
  email?: string;
}

export type OwnCandidature = Candidate & CandidatureDraft & { position_id: number };

export interface CandidateTarget {
  position: string;
  candidate: string;
}

const at = (event: string, position?: string | number): string =>
  `statutory/events/${encodeURIComponent(event)}/positions${position === undefined ? "" : `/${position}`}`;

export const elections = {
  /** Everybody sees approved candidates; those who decide see all of them. */
  listPositions: (event: string, seesAll: boolean): Promise<Position[]> =>
    fetchAll(at(event, seesAll ? "all" : "approved")),
  listOwn: (event: string): Promise<OwnCandidature[]> => fetchAll(at(event, "candidates/mine")),
  addPosition: (event: string, draft: PositionDraft): Promise<unknown> =>
    fetchData(at(event), { method: "POST", body: draft }),
  updatePosition: (event: string, id: string, draft: PositionDraft): Promise<unknown> =>
    fetchData(at(event, id), { method: "PUT", body: draft }),
  setPositionStatus: (event: string, id: number, status: Position["status"]): Promise<unknown> =>
    fetchData(`${at(event, id)}/status`, { method: "PUT", body: { status } }),
  removePosition: (event: string, id: number): Promise<unknown> =>
    fetchData(at(event, id), { method: "DELETE" }),

  run: (event: string, position: string, draft: CandidatureDraft): Promise<unknown> =>
    fetchData(`${at(event, position)}/candidates`, {
      method: "POST",
      body: { ...draft, agreed_to_privacy_policy: true },
    }),
  fetchCandidate: (event: string, position: string, id: string): Promise<OwnCandidature> =>
    fetchData(`${at(event, position)}/candidates/${id}`),
  updateCandidature: (
    event: string,
    target: CandidateTarget,
    draft: CandidatureDraft,
  ): Promise<unknown> =>
    fetchData(`${at(event, target.position)}/candidates/${target.candidate}`, {
      method: "PUT",
      body: draft,
    }),
  decide: (event: string, target: CandidateTarget, status: CandidateStatus): Promise<unknown> =>
    fetchData(`${at(event, target.position)}/candidates/${target.candidate}/status`, {
      method: "PUT",
      body: { status },
    }),
};
