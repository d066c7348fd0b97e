import { addFieldError, type FieldErrors } from "@myaegee/service-kit";

export const visaFields = [
  "visa_place_of_birth",
  "visa_passport_number",
  "visa_passport_issue_date",
  "visa_passport_expiration_date",
  "visa_passport_issue_authority",
  "visa_embassy",
  "visa_street_and_house",
  "visa_postal_code",
  "visa_city",
  "visa_country",
] as const;

export type VisaField = (typeof visaFields)[number];
export type VisaAnswers = { visa_required: boolean } & {
  [field in VisaField]: string | null;
};

/** Who needs a visa must fill in all that the embassy asks for. */
export function checkVisa(application: VisaAnswers): FieldErrors {
  const errors: Record<string, string[]> = {};
  const missing = visaFields.filter((field) => (application[field] ?? "").trim() === "");
  for (const field of application.visa_required ? missing : []) {
    addFieldError(errors, field, `A visa is required, so ${field} must be set.`);
  }
  return errors;
}
