import type { UserSession } from "@myaegee/auth";
import type { SessionUser } from "@myaegee/contracts";
import { isUniqueViolation } from "@myaegee/database";
import { enqueueMail } from "@myaegee/outbox";
import { collectFieldErrors, expectNoFaults, unprocessable } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { shareEvent, type EventRow } from "../events/events.repository.ts";
import { findEvent } from "../events/find-event.ts";
import { viewEvent } from "../events/view-event.ts";
import { formatMailApplication, formatMailEvent } from "../mails/mail-contents.ts";
import { deriveEventPermissions } from "../permissions/event-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import { judgeAnswers } from "./answers.ts";
import { expectBody, judgePrivacyPolicy } from "./applicant-rules.ts";
import type { Application, NewApplication } from "./application.schema.ts";
import {
  insertApplication,
  onePerUser,
  type ApplicationFields,
} from "./applications.repository.ts";

export async function apply(
  { key, body, session }: { key: string; body: NewApplication; session: UserSession },
  deps: Deps,
): Promise<Application> {
  const found = await findEvent(key, deps);
  const applicant = planApplicant(body, session.user);

  return refuseSecond(() =>
    deps.db.transaction().execute(async (trx) => {
      // The event can neither close nor change its questions before we are through.
      const event = await shareEvent(trx, found.id);
      expectOpen(event, session);
      expectNoFaults(findFaults(event, body));
      const application = await insertApplication(trx, {
        ...applicant,
        event_id: event.id,
        answers: body.answers,
        agreed_to_privacy_policy: true,
      });
      await enqueueMail(trx, {
        template: "events_applied",
        to: [application.email],
        subject: `You have applied for ${event.name}`,
        parameters: {
          event: formatMailEvent(event),
          application: formatMailApplication(application),
        },
      });
      return application;
    }),
  );
}

type Applicant = Omit<ApplicationFields, "event_id" | "answers" | "agreed_to_privacy_policy">;

/** Who somebody is comes from core, whatever their request says. */
function planApplicant(body: NewApplication, user: SessionUser): Applicant {
  const { id, name } = expectBody(user, body.body_id);
  return {
    user_id: user.id,
    body_id: id,
    body_name: name,
    first_name: user.first_name,
    last_name: user.last_name,
    email: user.notification_email,
  };
}

function expectOpen(event: EventRow, session: UserSession): void {
  const permissions = deriveEventPermissions(viewEvent(event, new Date()), session);
  expectAllowed(permissions.apply, "You cannot apply to this event: applications are not open.");
}

function findFaults(event: EventRow, body: NewApplication) {
  return collectFieldErrors({
    answers: judgeAnswers(event.questions, body.answers),
    agreed_to_privacy_policy: judgePrivacyPolicy(body.agreed_to_privacy_policy),
  });
}

async function refuseSecond<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error, onePerUser)
      ? unprocessable({ user_id: "You have applied to this event already." })
      : error;
  }
}
