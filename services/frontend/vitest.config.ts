import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [vue()],
        test: {
          name: "web",
          environment: "happy-dom",
          include: ["src/web/**/*.test.ts"],
          setupFiles: ["src/web/testing/setup.ts"],
        },
      },
      {
        test: {
          name: "server",
          environment: "node",
          include: ["build/**/*.test.ts", "test/**/*.test.ts"],
        },
      },
    ],
  },
});
