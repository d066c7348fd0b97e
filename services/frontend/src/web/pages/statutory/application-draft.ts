import { type Answer, startAnswers } from "../../api/questions.ts";
import {
  type StatutoryApplication,
  type StatutoryApplicationDraft,
  type StatutoryEvent,
  VISA_FIELDS,
  type VisaField,
} from "../../api/statutory.ts";

export interface ApplicationForm {
  body_id: number | "";
  nationality: string;
  meals: string;
  allergies: string;
  number_of_events_visited: string | number;
  visa_required: boolean;
  visa: Record<VisaField, string>;
  answers: Answer[];
  agreed_to_privacy_policy: boolean;
}

/** An empty form for a new application from this body. */
export function createApplicationForm(event: StatutoryEvent, bodyId: number | ""): ApplicationForm {
  return {
    body_id: bodyId,
    nationality: "",
    meals: "",
    allergies: "",
    number_of_events_visited: 0,
    visa_required: false,
    visa: toVisa(null),
    answers: startAnswers(event.questions),
    agreed_to_privacy_policy: false,
  };
}

/** The form for an application that is there already. */
export function toApplicationForm(
  event: StatutoryEvent,
  application: StatutoryApplication,
): ApplicationForm {
  return {
    body_id: application.body_id ?? "",
    nationality: application.nationality,
    meals: application.meals,
    allergies: application.allergies ?? "",
    number_of_events_visited: application.number_of_events_visited ?? 0,
    visa_required: application.visa_required,
    visa: toVisa(application),
    answers: startAnswers(event.questions, application.answers),
    agreed_to_privacy_policy: true,
  };
}

export function toApplicationDraft(form: ApplicationForm): StatutoryApplicationDraft {
  return {
    body_id: form.body_id === "" ? null : form.body_id,
    nationality: form.nationality.trim(),
    meals: form.meals,
    allergies: form.allergies.trim() === "" ? null : form.allergies.trim(),
    number_of_events_visited: Number(form.number_of_events_visited),
    visa_required: form.visa_required,
    ...(form.visa_required ? form.visa : {}),
    answers: form.answers,
  };
}

function toVisa(application: StatutoryApplication | null): Record<VisaField, string> {
  const visa: Record<VisaField, string> = {
    visa_passport_number: "",
    visa_passport_issue_date: "",
    visa_passport_expiration_date: "",
    visa_passport_issue_authority: "",
    visa_place_of_birth: "",
    visa_embassy: "",
    visa_street_and_house: "",
    visa_postal_code: "",
    visa_city: "",
    visa_country: "",
  };
  for (const field of visaFields) visa[field] = application?.[field] ?? "";
  return visa;
}

const visaFields = Object.keys(VISA_FIELDS).filter(isVisaField);

function isVisaField(field: string): field is VisaField {
  return field in VISA_FIELDS;
}
