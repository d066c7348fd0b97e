export type { Permission, Session, SessionBody as BodySummary } from "@myaegee/contracts";
