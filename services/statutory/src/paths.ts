import { pageQuery } from "@myaegee/service-kit";
import Type from "typebox";

import { Id } from "./text.ts";

const event_id = Type.String({
  minLength: 1,
  maxLength: 100,
  description: "Id, URL, or one of latest, latest-agora, latest-epm, latest-spm.",
});

export const EventPath = Type.Object({ event_id });
export const BodyPath = Type.Object({ event_id, body_id: Id() });
export const PositionPath = Type.Object({ event_id, position_id: Id() });
export const CandidatePath = Type.Object({ event_id, position_id: Id(), candidate_id: Id() });
export const PlenaryPath = Type.Object({ event_id, plenary_id: Id() });
export const ApplicationPath = Type.Object({
  event_id,
  application_id: Type.String({
    minLength: 1,
    maxLength: 30,
    description: "Id, statutory id, or me.",
  }),
});

/** Long pages: clients of the original, which knew no pages here, get all they had. */
export const LongPage = Type.Object(pageQuery({ defaultLimit: 500, maxLimit: 2000 }));
