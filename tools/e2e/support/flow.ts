import { expect, inject, test, type TaskMeta } from "vitest";

import { howToInstallChromium } from "./browser.ts";
import type { InspectedPage } from "./inspect-pages.ts";
import { openStage, type Stage } from "./stage.ts";
import { writeEvidence } from "./write-evidence.ts";

declare module "vitest" {
  interface TaskMeta {
    /** What it takes to run a test that was left out. */
    leftOut?: string;
    /** File with what the flow saw until it failed. */
    evidence?: string;
    /** Pages that a flow has inspected. */
    pages?: InspectedPage[];
  }
}

/**
 * A test with people in browsers. When it fails, what they saw goes into the report; it also fails
 * when a page threw an error or a service answered with 500.
 */
export function flow(title: string, run: (stage: Stage, meta: TaskMeta) => Promise<void>): void {
  test(title, async (context) => {
    if (inject("browser") === "") {
      context.task.meta.leftOut = howToInstallChromium;
      context.skip(howToInstallChromium);
    }
    const stage = await openStage();
    try {
      await run(stage, context.task.meta);
      expect(stage.journal.faults).toEqual([]);
    } catch (error) {
      context.task.meta.evidence = await writeEvidence(context.task.name, stage);
      throw error;
    } finally {
      await stage.close();
    }
  });
}
