import { defineConfig } from "vitest/config";

/** `BENCH=1` measures the lists on a big Agora in place of the tests. */
const include =
  process.env["BENCH"] === "1" ? ["bench/**/*.test.ts"] : ["src/**/*.test.ts", "test/**/*.test.ts"];

export default defineConfig({
  test: {
    include,
    globalSetup: ["@myaegee/testing/global-setup"],
    // No test leaves anything behind in its process, so files may share one.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
