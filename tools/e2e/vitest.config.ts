import { defineConfig } from "vitest/config";

import { createFlowReporter } from "./support/report.ts";

export default defineConfig({
  test: {
    include: ["flows/**/*.test.ts"],
    globalSetup: ["support/environment.ts"],
    reporters: [createFlowReporter(), "json"],
    outputFile: { json: "../dist/e2e-results.json" },
    // One browser serves all; two flows at once keep two cores busy.
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 180_000,
  },
});
