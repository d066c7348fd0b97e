import Type, { type Static } from "typebox";

import { EventParams } from "../events/event-params.ts";
import type { ApplicationKey } from "./find-application.ts";

/** Path parameters of everything below one application. */
export const ApplicationParams = Type.Object({
  ...EventParams.properties,
  application: Type.String({
    pattern: "^(me|[1-9][0-9]{0,8})$",
    description: "Id of the application, or `me` for one's own.",
  }),
});

export function readKey(params: Static<typeof ApplicationParams>): ApplicationKey {
  return { event: params.event, application: params.application };
}
