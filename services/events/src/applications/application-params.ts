import { pageQuery } from "@myaegee/service-kit";
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

/** Long pages: clients of the original, which knew no pages here, get everybody. */
export const ApplicationsPage = Type.Object(pageQuery({ defaultLimit: 500, maxLimit: 2000 }));

export function readKey(params: Static<typeof ApplicationParams>): ApplicationKey {
  return { event: params.event, application: params.application };
}
