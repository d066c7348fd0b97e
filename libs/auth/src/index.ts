export { auth, type AuthOptions } from "./auth.ts";
export { createCoreCheck } from "./create-core-check.ts";
export { loggedIn } from "./logged-in.ts";
export {
  bodiesWith,
  expectPermission,
  hasLocalPermission,
  hasPermission,
  isMemberOf,
} from "./permissions.ts";
export {
  optionalSession,
  requireSession,
  requireUser,
  type UserSession,
} from "./require-session.ts";
