import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 30_000,
    globalSetup: ["./src/global-setup.ts"],
  },
});
