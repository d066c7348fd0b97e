import { expect, test } from "vitest";

import { planOperationId } from "./plan-operation-id.ts";

test.each([
  ["GET", "/", "getRoot"],
  ["GET", "/members/:id/my_permissions", "getMembersIdMyPermissions"],
  ["POST", "/confirm-email", "postConfirmEmail"],
  ["PUT", "/single/:event/applications/:application", "putSingleEventApplicationsApplication"],
])("%s %s is called %s", (method, path, id) => {
  expect(planOperationId(method, path)).toBe(id);
});
