import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "bars/**/*.test.ts", "bench/**/*.test.ts", "test/**/*.test.ts"],
    // These tests wait for processes, engines and hosts more than they compute: one worker leaves a small machine idle.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
