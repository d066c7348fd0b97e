export default {
  forbidden: [
    {
      name: "services-meet-over-http",
      comment: "A service never imports another service: it calls its API.",
      severity: "error",
      from: { path: "^services/([^/]+)/" },
      to: { path: "^services/", pathNot: "^services/$1/" },
    },
    {
      name: "libs-look-down-only",
      comment: "A library never knows who uses it.",
      severity: "error",
      from: { path: "^libs/" },
      to: { path: "^(services|tools)/" },
    },
    {
      name: "tools-leave-services-alone",
      comment: "The tool reads manifests and images, never service code.",
      severity: "error",
      from: { path: "^tools/" },
      to: { path: "^services/" },
    },
    {
      name: "plans-are-pure",
      comment: "What decides has no input and output of its own, so a test needs no machine.",
      severity: "error",
      from: { path: "^tools/src/(changes|deploy|release)/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^(node:)?(child_process|fs|fs/promises|net|http|https)$|^tools/src/(commands|output)/",
      },
    },
    {
      name: "adapters-come-from-outside",
      comment: "The core knows a port's type; a command passes the adapter in.",
      severity: "error",
      from: { path: "^tools/src/(changes|deploy|release)/" },
      to: {
        path: "^tools/src/(hosts|registries|git|gateways|runtimes|ledger)/",
        pathNot: "/(host|platform|registry|git|gateway|runtime|ledger-store)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "tests-stay-outside",
      severity: "error",
      // The bars and the bench of deployments are measured with the loads and the scratch workspaces by which the tests prove the same things.
      from: {
        path: "^(services|libs|tools)/",
        pathNot: "\\.test\\.ts$|/test/|^tools/(?:bars|bench/deploy)/",
      },
      to: { path: "\\.test\\.ts$|/test/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
