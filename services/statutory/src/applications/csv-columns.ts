import type { CsvColumn } from "../csv.ts";
import type { Question } from "../events/questions.ts";

/** Titles of the columns of an export, in the order of the table. */
export const applicationTitles: Readonly<Record<string, string>> = {
  id: "ID",
  statutory_id: "Statutory ID",
  user_id: "User ID",
  body_id: "Body ID",
  body_name: "Body name",
  first_name: "First name",
  last_name: "Last name",
  notification_email: "Email",
  gender: "Gender",
  date_of_birth: "Date of birth",
  nationality: "Nationality",
  participant_type: "Participant type",
  participant_order: "Participant order",
  board_comment: "Board comment",
  status: "Status",
  cancelled: "Cancelled?",
  confirmed: "Confirmed?",
  incoming: "Incoming form filled?",
  attended: "Attended?",
  registered: "JC registered?",
  departed: "Departed?",
  is_on_memberslist: "Is on memberslist?",
  meals: "Meals",
  allergies: "Allergies",
  number_of_events_visited: "Number of Agora/EPM visited",
  visa_required: "Visa required?",
  visa_place_of_birth: "Visa: place of birth",
  visa_passport_number: "Visa: passport number",
  visa_passport_issue_date: "Visa: passport issue date",
  visa_passport_expiration_date: "Visa: passport expiration date",
  visa_passport_issue_authority: "Visa: passport issue authority",
  visa_embassy: "Visa: embassy",
  visa_street_and_house: "Visa: street and house number",
  visa_postal_code: "Visa: postal code",
  visa_city: "Visa: city",
  visa_country: "Visa: country",
  created_at: "Applied on",
  updated_at: "Updated at",
};

/** The columns of a list that shows these fields. */
export function planColumns(fields: readonly string[]): CsvColumn[] {
  return Object.entries(applicationTitles)
    .filter(([field]) => fields.includes(field))
    .map(([field, title]) => ({ field, title }));
}

export function planAnswerColumns(questions: readonly Question[]): CsvColumn[] {
  return questions.map(({ description }, index) => ({
    field: `answers.${index}`,
    title: `Answer ${index + 1}: ${description}`,
  }));
}

/** A row with a field for each answer: `answers.0`, `answers.1`. */
export function spreadAnswers(row: object): object {
  const answers = "answers" in row && Array.isArray(row.answers) ? row.answers : [];
  const fields = answers.map((answer: unknown, index) => [`answers.${index}`, answer] as const);
  return { ...row, ...Object.fromEntries(fields) };
}
