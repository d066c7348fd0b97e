import type { CandidatureDraft, OwnCandidature, StoryField } from "../../api/elections.ts";

/** A candidature as its form holds it. */
export interface CandidatureForm extends Omit<CandidatureDraft, "body_id" | "languages"> {
  body_id: number | "";
  /** Separated by commas. */
  languages: string;
}

const emptyStories = {
  studies: "",
  european_experience: "",
  local_experience: "",
  attended_agorae: "",
  attended_epm: "",
  attended_conferences: "",
  external_experience: "",
  related_experience: "",
  motivation: "",
  program: "",
} satisfies Record<StoryField, string>;

export function createCandidatureForm(bodyId: number | ""): CandidatureForm {
  return { ...emptyStories, body_id: bodyId, nationality: "", languages: "", member_since: "" };
}

export function toCandidatureForm(candidature: OwnCandidature): CandidatureForm {
  const { languages, member_since, ...rest } = candidature;
  const form = createCandidatureForm(rest.body_id);
  return {
    ...form,
    ...pick(rest, form),
    languages: languages.join(", "),
    member_since: member_since.slice(0, 10),
  };
}

export function toCandidatureDraft(form: CandidatureForm): CandidatureDraft {
  const { body_id, languages, ...rest } = form;
  return {
    ...rest,
    body_id: Number(body_id),
    languages: languages
      .split(",")
      .map((language) => language.trim())
      .filter((language) => language !== ""),
  };
}

/** What a form has fields for. */
function pick(from: object, form: CandidatureForm): Partial<CandidatureForm> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name in form));
}
