import { describe, expect, test } from "vitest";

import {
  formatDateRange,
  formatDateTime,
  formatDistance,
  fromLocalInput,
  toLocalInput,
} from "./dates.ts";
import { formatFee, formatMoney } from "./money.ts";
import { formatName, formatWord } from "./names.ts";

const brussels = { locale: "en-GB", timeZone: "Europe/Brussels" };

describe("dates", () => {
  test("name the time zone that they are in", () => {
    expect(formatDateTime("2027-01-12T17:00:00Z", brussels)).toBe("Tue, 12 Jan 2027, 18:00 CET");
    expect(formatDateTime("2027-07-12T17:00:00Z", brussels)).toBe("Mon, 12 Jul 2027, 19:00 CEST");
  });

  test("follow the reader's language", () => {
    const german = { locale: "de-DE", timeZone: "Europe/Berlin" };

    expect(formatDateTime("2027-01-12T17:00:00Z", german)).toBe("Di., 12. Jan. 2027, 18:00 MEZ");
  });

  test("say once what start and end share", () => {
    const range = formatDateRange("2027-05-01T10:00:00Z", "2027-05-04T10:00:00Z", brussels);

    expect(range).toMatch(/^1\s?–\s?4 May 2027$/);
  });

  test("tell how far away they are", () => {
    const now = new Date("2027-01-01T00:00:00Z");

    expect(formatDistance("2027-01-04T01:00:00Z", now, "en")).toBe("in 3 days");
    expect(formatDistance("2026-12-31T22:00:00Z", now, "en")).toBe("2 hours ago");
  });

  test("survive the way through a form", () => {
    const moment = "2027-05-01T16:30:00.000Z";

    expect(fromLocalInput(toLocalInput(moment))).toBe(moment);
    expect(toLocalInput(null)).toBe("");
  });
});

describe("money, names and words", () => {
  test("call nothing free", () => {
    expect(formatFee(0)).toBe("Free");
    expect(formatFee("12.50", "en-GB")).toBe("€12.50");
  });

  test("know currencies by their own code and by their country's", () => {
    expect(formatMoney(30, "EU", "en-GB")).toBe("€30.00");
    expect(formatMoney(30, "PLN", "en-GB")).toMatch(/^PLN\s30\.00$/);
    expect(formatMoney(30, "PL", "en-GB")).toBe("30.00 PL");
  });

  test("do without half a name", () => {
    expect(formatName({ first_name: "Mia" })).toBe("Mia");
    expect(formatName(null)).toBe("Unknown");
  });

  test("turn a state into a word", () => {
    expect(formatWord("waiting_list")).toBe("Waiting list");
  });
});
