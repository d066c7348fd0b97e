import type { Position, PositionDraft } from "../../api/elections.ts";
import { fromLocalInput, toLocalInput } from "../../format/dates.ts";

/** A position as its form holds it. */
export interface PositionForm {
  name: string;
  body_id: number | "";
  places: string | number;
  requirements: string;
  starts: string;
  ends: string;
  start_term: string;
  end_term: string;
}

export function createPositionForm(): PositionForm {
  return {
    name: "",
    body_id: "",
    places: 1,
    requirements: "",
    starts: "",
    ends: "",
    start_term: "",
    end_term: "",
  };
}

export function toPositionForm(position: Position): PositionForm {
  return {
    name: position.name,
    body_id: position.body_id,
    places: position.places,
    requirements: position.requirements ?? "",
    starts: toLocalInput(position.starts),
    ends: toLocalInput(position.ends),
    start_term: toLocalInput(position.start_term),
    end_term: toLocalInput(position.end_term),
  };
}

export function toPositionDraft(form: PositionForm): PositionDraft {
  return {
    name: form.name.trim(),
    body_id: Number(form.body_id),
    places: Number(form.places),
    requirements: form.requirements.trim() || null,
    starts: fromLocalInput(form.starts),
    ends: fromLocalInput(form.ends),
    start_term: fromLocalInput(form.start_term) || null,
    end_term: fromLocalInput(form.end_term) || null,
  };
}
