import type { FieldErrors } from "@myaegee/service-kit";

import type { EventRow } from "../tables.ts";
import { findAnswerFaults } from "./answers.ts";
import type { NewApplication } from "./applications.schema.ts";
import { checkVisa, type VisaAnswers } from "./visa.ts";

/** What a person fills in, complete, with `null` for what was left out. */
export type FilledApplication = Omit<NewApplication, keyof VisaAnswers> & VisaAnswers;

/** What the schema cannot know: the event's own questions, and the visa form. */
export function checkApplication(application: FilledApplication, event: EventRow): FieldErrors {
  const answers = findAnswerFaults(event.questions, application.answers);
  return { ...checkVisa(application), ...(answers.length === 0 ? {} : { answers }) };
}

const noVisa: VisaAnswers = {
  visa_required: false,
  visa_place_of_birth: null,
  visa_passport_number: null,
  visa_passport_issue_date: null,
  visa_passport_expiration_date: null,
  visa_passport_issue_authority: null,
  visa_embassy: null,
  visa_street_and_house: null,
  visa_postal_code: null,
  visa_city: null,
  visa_country: null,
};

export function fillApplication(application: NewApplication): FilledApplication {
  return { ...noVisa, ...application };
}
