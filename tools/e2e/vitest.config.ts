import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    globalSetup: ["support/environment.ts"],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
