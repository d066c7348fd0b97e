import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    expect: { poll: { timeout: 15_000 } },
    globalSetup: ["@myaegee/testing/global-setup"],
    // Files share nothing but constants; loading Fastify anew for each took more time than the tests.
    pool: "threads",
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
