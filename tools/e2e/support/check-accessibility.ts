import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Rules that a page breaks, by how much that hurts. */
export interface AccessibilityCounts {
  critical: number;
  serious: number;
  moderate: number;
  minor: number;
}

export interface AccessibilityCheck {
  counts: AccessibilityCounts;
  /** What keeps people out: rule and element, one a line. */
  barriers: string[];
}

/** Holds the page against the rules of axe. Legacy mode is about frames, which no page has, and is faster. */
export async function checkAccessibility(page: Page): Promise<AccessibilityCheck> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const count = (impact: string) => violations.filter((one) => one.impact === impact).length;
  return {
    counts: {
      critical: count("critical"),
      serious: count("serious"),
      moderate: count("moderate"),
      minor: count("minor"),
    },
    barriers: violations
      .filter(({ impact }) => impact === "critical" || impact === "serious")
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`)),
  };
}
