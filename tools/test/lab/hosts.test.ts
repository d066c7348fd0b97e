import { describe } from "vitest";

import { describeHostFailures } from "./host-failures.ts";
import { describeRegistryImages } from "./registry-images.ts";
import { describeSeveralHosts } from "./several-hosts.ts";

// In one file, since they take the same host away, and files run side by side.
describe("an environment on two hosts", { timeout: 120_000 }, () => {
  describeSeveralHosts();
});
describe("images from a registry", { timeout: 120_000 }, () => {
  describeRegistryImages();
});
describe("faults of a host", { timeout: 120_000 }, () => {
  describeHostFailures();
});
