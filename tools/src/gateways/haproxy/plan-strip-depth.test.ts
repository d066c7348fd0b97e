import { expect, test } from "vitest";

import { checkRoute, planStripDepth } from "./plan-strip-depth.ts";

test.for([
  [{ path: "/api/core", strip: true }, 2],
  [{ path: "/api/core/", strip: true }, 2],
  [{ path: "/api/mailer/healthcheck", strip: "/api/mailer" }, 2],
  [{ path: "/api/core" }, 0],
  [{ path: "/api/core", strip: false }, 0],
  [{ path: "/", strip: true }, 0],
  [{ path: "/api", strip: "/" }, 0],
] as const)("takes so many segments off %j", ([route, depth]) => {
  expect(planStripDepth(route)).toBe(depth);
});

test.for([
  { path: "/media", strip: "/me" },
  { path: "/media", strip: "/other" },
  { path: "/media", strip: "/media/more" },
  { path: "/1/2/3/4/5/6/7/8/9", strip: true },
])("refuses %j", (route) => {
  expect(() => checkRoute(route)).toThrow(/is not its own beginning in 1 to 8 whole segments/);
});

test.for(["/a b", "/a\nuse_backend x", "/a|b", "/ä", "/a?b"])("refuses the path %j", (path) => {
  expect(() => checkRoute({ path })).toThrow("is no path of visible ASCII characters");
});
