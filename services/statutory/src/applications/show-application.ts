import { forbidden } from "@myaegee/service-kit";

import type { ApplicationContext } from "./read-application-context.ts";

export function showApplication({ application, allowed, context }: ApplicationContext) {
  if (!allowed.see_application) {
    throw forbidden("You are not allowed to see this application.");
  }
  return { ...application, permissions: { ...context.permissions, ...allowed } };
}
