import type { SessionBody, SessionUser } from "@myaegee/contracts";
import { forbidden } from "@myaegee/service-kit";

/** The body that somebody applies from: one of their own. */
export function expectBody(user: SessionUser, bodyId: number): SessionBody {
  const body = user.bodies.find(({ id }) => id === bodyId);
  if (body === undefined) {
    throw forbidden(`You are not a member of body ${bodyId}.`);
  }
  return body;
}

export function judgePrivacyPolicy(hasAgreed: boolean): string | null {
  return hasAgreed ? null : "You should agree to the privacy policy.";
}
