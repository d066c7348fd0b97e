export type Suite = "smoke" | "browser";

/** One thing that was looked at. */
export interface Check {
  suite: Suite;
  /** What it is about: a service, a flow. */
  subject: string;
  /** What was tried: `GET /api/core/healthcheck`. */
  title: string;
  durationMs: number;
  /** What is wrong; null when nothing is. */
  fault: string | null;
}
