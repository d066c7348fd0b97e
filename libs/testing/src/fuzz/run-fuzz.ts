import { writeFile } from "node:fs/promises";

import { fuzzApp, type FuzzOptions, type FuzzReport } from "./fuzz-app.ts";

export interface FuzzSettings {
  requestsPerRoute: number;
  seed: number;
}

const DEFAULT_SEED = 20_261_123;

/** `FUZZ_REQUESTS_PER_ROUTE` and `FUZZ_SEED`; without them a short run that is the same each time. */
export function readFuzzSettings(defaultRequestsPerRoute: number): FuzzSettings {
  const { FUZZ_REQUESTS_PER_ROUTE: requests, FUZZ_SEED: seed } = process.env;
  return {
    requestsPerRoute: Number(requests ?? defaultRequestsPerRoute),
    seed: Number(seed ?? DEFAULT_SEED),
  };
}

/** As `fuzzApp`, with the settings of the environment; the report is also written to `FUZZ_REPORT_FILE`, if that is set. */
export async function runFuzz({
  requestsPerRoute,
  ...options
}: Omit<FuzzOptions, "seed">): Promise<FuzzReport> {
  const report = await fuzzApp({ ...options, ...readFuzzSettings(requestsPerRoute) });
  const file = process.env["FUZZ_REPORT_FILE"];
  if (file !== undefined) {
    await writeFile(file, JSON.stringify(report));
  }
  return report;
}
