import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { ok, okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readAgoraContext } from "../events/read-event-context.ts";
import { EventPath, LongPage, PositionPath } from "../paths.ts";
import { formatPosition } from "./format-position.ts";
import { listPositions } from "./positions.repository.ts";
import { NewPosition, Position, PositionChange, PositionStatusChange } from "./positions.schema.ts";
import {
  createPosition,
  deletePosition,
  editPosition,
  setPositionStatus,
} from "./write-position.ts";

const path = "/events/:event_id/positions";
const onePosition = { params: PositionPath, response: responses(Success(Position)) };

const schemas = {
  list: {
    summary: "List positions and their candidates",
    params: EventPath,
    querystring: LongPage,
    response: responses(SuccessPage(Position)),
  },
  create: {
    summary: "Create a position",
    params: EventPath,
    body: NewPosition,
    response: responses(Success(Position)),
  },
  change: { summary: "Change a position", ...onePosition, body: PositionChange },
  open: {
    summary: "Open or close a position by hand",
    ...onePosition,
    body: PositionStatusChange,
  },
  remove: { summary: "Delete a position", ...onePosition },
};

/** Positions that are elected at an Agora. */
export const positionsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.get(path, { schema: schemas.list }, async (request) => {
    const { params, query } = request;
    const { event } = await readAgoraContext(params.event_id, await requireUser(request), deps);
    const { positions, count } = await listPositions(deps.db, { eventId: event.id, ...query });
    const now = deps.now();
    return okPage(
      positions.map((row) => formatPosition(row, now)),
      count,
      query,
    );
  });

  app.post(path, { schema: schemas.create }, async (request) => {
    const session = await requireUser(request);
    const context = await readAgoraContext(request.params.event_id, session, deps);
    return ok(await createPosition(request.body, context, deps));
  });

  app.put(`${path}/:position_id`, { schema: schemas.change }, async (request) => {
    const { event_id, position_id: positionId } = request.params;
    const context = await readAgoraContext(event_id, await requireUser(request), deps);
    return ok(await editPosition(request.body, { context, positionId }, deps));
  });

  app.put(`${path}/:position_id/status`, { schema: schemas.open }, async (request) => {
    const { event_id, position_id: positionId } = request.params;
    const context = await readAgoraContext(event_id, await requireUser(request), deps);
    return ok(await setPositionStatus(request.body.status, { context, positionId }, deps));
  });

  app.delete(`${path}/:position_id`, { schema: schemas.remove }, async (request) => {
    const { event_id, position_id: positionId } = request.params;
    const context = await readAgoraContext(event_id, await requireUser(request), deps);
    return ok(await deletePosition({ context, positionId }, deps));
  });
};
