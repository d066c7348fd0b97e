import { expect, test } from "vitest";

import { checkVisa, type VisaAnswers } from "./visa.ts";

const filled: VisaAnswers = {
  visa_required: true,
  visa_place_of_birth: "Testburg",
  visa_passport_number: "P1",
  visa_passport_issue_date: "2020-01-01",
  visa_passport_expiration_date: "2030-01-01",
  visa_passport_issue_authority: "Town hall",
  visa_embassy: "Berlin",
  visa_street_and_house: "Main street 1",
  visa_postal_code: "12345",
  visa_city: "Testburg",
  visa_country: "Testland",
};

test("nothing is asked of those who need no visa", () => {
  expect(checkVisa({ ...filled, visa_required: false, visa_city: null })).toEqual({});
});

test("a complete visa form is fine", () => {
  expect(checkVisa(filled)).toEqual({});
});

test("each missing or blank field is named", () => {
  const errors = checkVisa({ ...filled, visa_city: null, visa_country: "  " });

  expect(Object.keys(errors)).toEqual(["visa_city", "visa_country"]);
});
