import type { SessionUser } from "@myaegee/contracts";

import { keepAnswers } from "./answers.ts";
import type { FilledApplication } from "./check-application.ts";

/** The columns that the applicant fills in; each by name, so no other field of a request gets through. */
export function formatFilledColumns(filled: FilledApplication) {
  return {
    nationality: filled.nationality,
    meals: filled.meals,
    allergies: filled.allergies ?? null,
    number_of_events_visited: filled.number_of_events_visited,
    visa_required: filled.visa_required,
    visa_place_of_birth: filled.visa_place_of_birth,
    visa_passport_number: filled.visa_passport_number,
    visa_passport_issue_date: filled.visa_passport_issue_date,
    visa_passport_expiration_date: filled.visa_passport_expiration_date,
    visa_passport_issue_authority: filled.visa_passport_issue_authority,
    visa_embassy: filled.visa_embassy,
    visa_street_and_house: filled.visa_street_and_house,
    visa_postal_code: filled.visa_postal_code,
    visa_city: filled.visa_city,
    visa_country: filled.visa_country,
    answers: JSON.stringify(keepAnswers(filled.answers)),
  };
}

/** The columns that come from core and never from the request. */
export function formatIdentityColumns(user: SessionUser) {
  return {
    first_name: user.first_name,
    last_name: user.last_name,
    gender: user.gender,
    date_of_birth: user.date_of_birth,
  };
}
