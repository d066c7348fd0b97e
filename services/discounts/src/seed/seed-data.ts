import type { NewCategory } from "../categories/categories.schema.ts";
import type { NewIntegration } from "../integrations/integrations.schema.ts";

export const seedIntegrations: NewIntegration[] = [
  {
    name: "Night Train Pass",
    code: "night-train",
    quota_period: "month",
    quota_amount: 1,
    description: "Ten percent off every night train in Europe. Enter the code when you book.",
  },
  {
    name: "Hostel Nights",
    code: "hostel-nights",
    quota_period: "year",
    quota_amount: 3,
    description: "One night for free when you stay for three. Show the code at the desk.",
  },
];

export const seedCategories: NewCategory[] = [
  {
    name: "Travel",
    discounts: [
      {
        icon: "train",
        name: "Slow Travel Maps",
        shortDescription: "Maps for the long way round",
        longDescription: "Printed rail maps at half the price for every member.",
      },
      {
        icon: "bicycle",
        name: "City Bikes",
        shortDescription: "A bike for a day",
        longDescription: "The first day is free in twelve cities. Show your membership.",
      },
    ],
  },
  {
    name: "Learning",
    discounts: [
      {
        icon: "book",
        name: "Language Evenings",
        shortDescription: "Learn the language of your next event",
        longDescription: "Online evenings in nine languages, the first four for free.",
      },
    ],
  },
];
