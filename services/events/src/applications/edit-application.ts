import type { UserSession } from "@myaegee/auth";
import { enqueueMail } from "@myaegee/outbox";
import { collectFieldErrors, expectNoFaults, forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { shareEvent, type EventRow } from "../events/events.repository.ts";
import { viewEvent } from "../events/view-event.ts";
import { formatMailApplication, formatMailEvent } from "../mails/mail-contents.ts";
import { fetchAddresses } from "../mails/recipients.ts";
import { deriveApplicationPermissions } from "../permissions/application-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import { judgeAnswers } from "./answers.ts";
import { expectBody, judgePrivacyPolicy } from "./applicant-rules.ts";
import type { Application, ApplicationChanges } from "./application.schema.ts";
import {
  lockApplication,
  updateApplication,
  type ApplicationRow,
} from "./applications.repository.ts";
import { findApplication, type ApplicationKey } from "./find-application.ts";

/** The applicant while applications are open, or who may edit the event. Who applied never changes. */
export async function editApplication(
  { key, body, session }: { key: ApplicationKey; body: ApplicationChanges; session: UserSession },
  deps: Deps,
): Promise<Application> {
  const found = await findApplication(key, session, deps);
  expectEditable(found.event, found.application, session);
  const to = await fetchAddresses([found.application.user_id], deps.core);

  return deps.db.transaction().execute(async (trx) => {
    const event = await shareEvent(trx, found.event.id);
    const current = await lockApplication(trx, found.application.id);
    expectEditable(event, current, session);
    expectNoFaults(findFaults(event, body));
    const application = await updateApplication(
      trx,
      current.id,
      planChanges(body, current, session),
    );
    await enqueueMail(trx, {
      template: "events_edited",
      to,
      subject: `Your application for ${event.name} was updated`,
      parameters: {
        event: formatMailEvent(event),
        application: formatMailApplication(application),
      },
    });
    return application;
  });
}

function expectEditable(event: EventRow, application: ApplicationRow, session: UserSession): void {
  const view = viewEvent(event, new Date());
  const { edit } = deriveApplicationPermissions(view, application, session);
  expectAllowed(edit, "You cannot edit this application.");
}

function findFaults(event: EventRow, { answers, agreed_to_privacy_policy }: ApplicationChanges) {
  return collectFieldErrors({
    answers: answers === undefined ? null : judgeAnswers(event.questions, answers),
    agreed_to_privacy_policy: judgePrivacyPolicy(agreed_to_privacy_policy ?? true),
  });
}

function planChanges(body: ApplicationChanges, current: ApplicationRow, session: UserSession) {
  return {
    ...(body.answers === undefined ? {} : { answers: JSON.stringify(body.answers) }),
    ...(body.body_id === undefined || body.body_id === current.body_id
      ? {}
      : planOtherBody(body.body_id, current, session)),
  };
}

/** Only applicants themselves know which of their bodies they go for. */
function planOtherBody(bodyId: number, current: ApplicationRow, { user }: UserSession) {
  if (user.id !== current.user_id) {
    throw forbidden("Only the applicant can apply from another body.");
  }
  const { id, name } = expectBody(user, bodyId);
  return { body_id: id, body_name: name };
}
