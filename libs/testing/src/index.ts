export { captureLogs, type CapturedLogs } from "./capture-logs.ts";
export {
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from "./create-test-database.ts";
export { buildBody, startFakeCore, type FakeCore, type FakeCoreOptions } from "./fake-core.ts";
export { findTableScans, type TableScan } from "./find-table-scans.ts";
export { createQueryCounter, type QueryCounter } from "./query-counter.ts";
export {
  buildServiceSession,
  buildSession,
  buildSessionUser,
  type SessionOptions,
} from "./sessions.ts";
export { startServiceProcess, type ServiceProcess } from "./start-service-process.ts";
export { startSmtpSink, type ReceivedMail, type SmtpSink } from "./smtp-sink.ts";
export { readFuzzSettings, runFuzz, type FuzzSettings } from "./fuzz/run-fuzz.ts";
export { fuzzApp, type FuzzOptions, type FuzzReport } from "./fuzz/fuzz-app.ts";
export { findOpenApiFaults } from "./openapi/find-openapi-faults.ts";
export { findUnpagedLists } from "./openapi/find-unpaged-lists.ts";
export { findUntriedRoutes } from "./openapi/find-untried-routes.ts";
