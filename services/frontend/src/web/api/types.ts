export type {
  LocalPermission,
  Permission,
  Session,
  SessionBody as BodySummary,
  SessionUser,
} from "@myaegee/contracts";
