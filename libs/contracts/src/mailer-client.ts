import { MailRefusedError } from "./mail-refused-error.ts";
import { MailAccepted, type MailRequest } from "./mail-request.ts";
import { callService, readData, type ServiceClientOptions } from "./service-call.ts";

export interface MailerClient {
  /**
   * Hands a mail over. `MailRefusedError` when the mailer will never take it (unknown template, missing parameter);
   * `ServiceCallError` when it could not be reached and another try makes sense.
   * `requestId`: of the request that promised the mail, where that was an earlier one.
   */
  sendMail(
    request: MailRequest & { idempotency_key: string },
    requestId?: string,
  ): Promise<MailAccepted>;
}

export function createMailerClient(options: ServiceClientOptions): MailerClient {
  return {
    async sendMail(request, requestId) {
      const headers: Record<string, string> =
        requestId === undefined ? {} : { "x-request-id": requestId };
      const call = { method: "POST", path: "/", body: request, retries: 1, headers } as const;
      const answer = await callService(options, call);
      if (answer.status >= 400) {
        throw new MailRefusedError(answer.status, JSON.stringify(answer.body));
      }
      return readData(MailAccepted, answer, "mailer POST /");
    },
  };
}
