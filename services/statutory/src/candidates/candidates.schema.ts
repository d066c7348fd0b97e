import Type, { type Static } from "typebox";

import { Position } from "../positions/positions.schema.ts";
import { DateTime, Id, Nullable, Text } from "../text.ts";

const Story = Text(20_000);

const stories = {
  studies: Story,
  european_experience: Story,
  local_experience: Story,
  attended_agorae: Story,
  attended_epm: Story,
  attended_conferences: Story,
  external_experience: Story,
  related_experience: Story,
  motivation: Story,
  program: Story,
};

const filled = {
  body_id: Id(),
  nationality: Text(100),
  languages: Type.Array(Text(100), { minItems: 1, maxItems: 50 }),
  member_since: Type.String({ format: "date" }),
  ...stories,
  agreed_to_privacy_policy: Type.Literal(true),
};

/** What a candidate writes; name, mail and date of birth come from core. */
export const NewCandidate = Type.Object(filled);
export const CandidateChange = Type.Partial(Type.Omit(NewCandidate, ["agreed_to_privacy_policy"]));

const CandidateStatus = Type.Enum(["pending", "approved", "rejected"]);
export const CandidateStatusChange = Type.Object({ status: CandidateStatus });

export const Candidate = Type.Object({
  id: Type.Integer(),
  position_id: Type.Integer(),
  user_id: Type.Integer(),
  body_id: Type.Integer(),
  body_name: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  date_of_birth: Nullable(Type.String()),
  nationality: Type.String(),
  languages: Type.Array(Type.String()),
  member_since: Type.String(),
  studies: Type.String(),
  european_experience: Type.String(),
  local_experience: Type.String(),
  attended_agorae: Type.String(),
  attended_epm: Type.String(),
  attended_conferences: Type.String(),
  external_experience: Type.String(),
  related_experience: Type.String(),
  motivation: Type.String(),
  program: Type.String(),
  agreed_to_privacy_policy: Type.Boolean(),
  status: CandidateStatus,
  created_at: DateTime(),
  updated_at: DateTime(),
});

/** Of a candidate who is not approved yet others see no more than this. */
export const PendingCandidate = Type.Pick(Candidate, [
  "id",
  "status",
  "first_name",
  "last_name",
  "body_name",
  "created_at",
]);

export const PositionWithCandidates = Type.Object({
  ...Position.properties,
  candidates: Type.Array(Candidate),
});

export const PositionWithPublicCandidates = Type.Object({
  ...Position.properties,
  candidates: Type.Array(
    Type.Object({
      ...PendingCandidate.properties,
      ...Type.Partial(Type.Omit(Candidate, ["email"])).properties,
      ...PendingCandidate.properties,
    }),
  ),
});

export const OwnCandidate = Type.Object({ ...Candidate.properties, position: Position });

export type NewCandidate = Static<typeof NewCandidate>;
export type CandidateChange = Static<typeof CandidateChange>;
export type Candidate = Static<typeof Candidate>;
