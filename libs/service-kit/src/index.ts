export { acceptsCsv, csvType } from "./accepts-csv.ts";
export { baseVariables, commonVariables, type BaseConfig } from "./base-variables.ts";
export { createApp, type App, type AppOptions } from "./create-app.ts";
export { createLog, type Logger } from "./create-log.ts";
export { ok, okMessage, okPage } from "./envelope.ts";
export { addFieldError, collectFieldErrors, expectNoFaults } from "./field-errors.ts";
export type { ReadinessCheck } from "./health.ts";
export {
  badRequest,
  conflict,
  forbidden,
  HttpError,
  notFound,
  unauthorized,
  unavailable,
  unprocessable,
  type FieldErrors,
} from "./http-error.ts";
export type { GaugeDefinition } from "./metrics.ts";
export { IdParams, pageQuery, searchQuery, sortQuery, type Page } from "./page-query.ts";
export { readConfig, readServiceConfig, type Environment } from "./read-config.ts";
export { registerFeatures } from "./register-features.ts";
export { currentRequestId } from "./request-context.ts";
export {
  defineService,
  runService,
  type ServiceContext,
  type ServiceDefinition,
} from "./run-service.ts";
export { startLoop, type Loop, type LoopOptions } from "./start-loop.ts";
