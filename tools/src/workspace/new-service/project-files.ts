import type { NewService } from "./new-service.ts";

const libraries = ["service-kit", "auth", "database", "contracts", "testing"];

export function planProjectFiles(service: NewService): Record<string, string> {
  return {
    "package.json": formatJson(describePackage(service)),
    "tsconfig.json": formatTsconfig(),
    "vitest.config.ts": vitestConfig,
    "README.md": formatReadme(service),
  };
}

function describePackage({ name, description, versions }: NewService): object {
  return {
    name: `@myaegee/${name}`,
    version: "0.1.0",
    private: true,
    description,
    license: "MIT",
    type: "module",
    dependencies: sortByName({
      "@myaegee/auth": "*",
      "@myaegee/contracts": "*",
      "@myaegee/database": "*",
      "@myaegee/service-kit": "*",
      ...versions,
    }),
    devDependencies: { "@myaegee/testing": "*" },
    nx: { name, tags: ["kind:service"] },
    service: describeService(name),
  };
}

/** As npm would write it. */
function sortByName(dependencies: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dependencies).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** As `service-manifest.ts` wants it. Ports are alike: every service has an address of its own. */
function describeService(name: string): object {
  return {
    port: 8084,
    routes: [{ path: `/api/${name}`, strip: true }],
    health: { liveness: "/healthcheck", readiness: "/readiness" },
    needs: { services: ["core"], database: true },
    secrets: [{ name: "SERVICE_TOKEN", generate: "service-token" }],
    resources: { memoryMb: 192 },
    drainSeconds: 10,
  };
}

function formatTsconfig(): string {
  const references = libraries.map(
    (library) => `    {\n      "path": "../../libs/${library}"\n    }`,
  );
  return `{
  "extends": "../../tsconfig.base.json",
  "compilerOptions": {
    "rootDir": ".",
    "outDir": "dist/types",
    "tsBuildInfoFile": "dist/types/tsconfig.tsbuildinfo"
  },
  "include": ["src/**/*.ts", "src/**/*.json", "test/**/*.ts", "*.ts", "package.json"],
  "references": [
${references.join(",\n")}
  ]
}
`;
}

const vitestConfig = `import { defineConfig } from "vitest/config";

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
`;

function formatReadme({ name, description }: NewService): string {
  const rows = [
    ["route", "who"],
    ["`GET /notes`", "logged in, newest first"],
    ["`POST /notes`", `global \`manage:${name}\``],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const [head = "", ...lines] = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return `# ${name}

${description}

${[head, rule, ...lines].join("\n")}

Run: \`TEST_DATA=true DATABASE_URL=… CORE_URL=… SERVICE_TOKEN=… node src/main.ts migrate|serve\`.
Tests: \`npx vitest run --root services/${name}\`.
`;
}

function formatJson(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}
