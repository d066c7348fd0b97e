import Type, { type Static } from "typebox";
import { Value } from "typebox/value";
import { inject, vi } from "vitest";

const Mail = Type.Object({ subject: Type.String(), text: Type.String() });
const InboxAnswer = Type.Object({ data: Type.Array(Mail) });

type Mail = Static<typeof Mail>;

/** The newest mail to this address whose subject says so; waits until it is there. */
export async function waitForMail(to: string, subject: RegExp): Promise<Mail> {
  return vi.waitFor(
    async () => {
      const mails = await listMails(to);
      const mail = mails.find((one) => subject.test(one.subject));
      if (mail !== undefined) return mail;
      const subjects = mails.map((one) => one.subject).join(", ") || "none";
      throw new Error(`${to} got no mail about ${subject}; mails so far: ${subjects}.`);
    },
    { timeout: 30_000, interval: 100 },
  );
}

/** The path of the link in a mail, such as `/confirm_signup?token=…`. */
export function findLink({ text }: Mail): string {
  const url = /https?:\/\/\S+/.exec(text)?.[0];
  if (url === undefined) throw new Error(`There is no link in this mail: ${text}`);
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

async function listMails(to: string): Promise<Mail[]> {
  const path = `/inbox/api/messages?to=${encodeURIComponent(to)}`;
  const response = await fetch(`${inject("address")}${path}`);
  return Value.Parse(InboxAnswer, await response.json()).data;
}
