import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readAgoraContext } from "../events/read-event-context.ts";
import { PlenaryPath } from "../paths.ts";
import { markAttendance } from "./mark-attendance.ts";
import { Attendance, AttendanceMark } from "./plenaries.schema.ts";

/** The scans at the door of a plenary. */
export const attendanceRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.post(
    "/events/:event_id/plenaries/:plenary_id/attendance/mark",
    {
      schema: {
        summary: "Mark that somebody enters or leaves a plenary",
        params: PlenaryPath,
        body: AttendanceMark,
        response: responses(Success(Attendance)),
      },
    },
    async (request) => {
      const { event_id, plenary_id: plenaryId } = request.params;
      const context = await readAgoraContext(event_id, await requireUser(request), deps);
      return ok(await markAttendance(request.body.application_id, { context, plenaryId }, deps));
    },
  );
};
