/** The mailer answered 4xx. `isFinal` is false where the cause lies in the set-up and may be mended (401, 403, 408, 429). */
export class MailRefusedError extends Error {
  override readonly name = "MailRefusedError";
  readonly status: number;
  readonly isFinal: boolean;

  constructor(status: number, answer: string) {
    super(`The mailer refused the mail (${status}): ${answer}`);
    this.status = status;
    this.isFinal = ![401, 403, 408, 429].includes(status);
  }
}
