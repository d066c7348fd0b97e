import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: ["@myaegee/testing/global-setup"],
    // No test leaves anything behind in its process, so files may share one.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
