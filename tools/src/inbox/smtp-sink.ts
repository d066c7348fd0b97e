import { once } from "node:events";

import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";

import type { InboxStore } from "./inbox-store.ts";

const maxMessageBytes = 10 * 1024 * 1024;

export interface SmtpSink {
  port: number;
  close(): Promise<void>;
}

/** Takes every mail that is handed in and puts it into the inbox; sends nothing on. */
export async function startSmtpSink(
  store: InboxStore,
  port: number,
  host = "127.0.0.1",
): Promise<SmtpSink> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    size: maxMessageBytes,
    closeTimeout: 1000,
    onData(stream, session, done) {
      void settle(keepMail(store, stream, session), done);
    },
  });
  // A client that hangs up in the middle is its own affair.
  server.on("error", () => {});
  server.listen(port, host);
  await once(server.server, "listening");
  const address = server.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: async () => await new Promise((resolve) => server.close(() => resolve())),
  };
}

async function settle(work: Promise<void>, tell: (cause?: Error) => void): Promise<void> {
  try {
    await work;
    tell();
  } catch (cause) {
    tell(cause instanceof Error ? cause : new Error(String(cause)));
  }
}

async function keepMail(
  store: InboxStore,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<void> {
  const mail = await simpleParser(stream, { skipImageLinks: true, skipTextLinks: true });
  if (stream.sizeExceeded) throw new Error(`The mail is larger than ${maxMessageBytes} bytes.`);
  const { mailFrom, rcptTo } = session.envelope;
  await store.add({
    receivedAt: new Date().toISOString(),
    from: mail.from?.text ?? (mailFrom === false ? "" : mailFrom.address),
    to: rcptTo.map(({ address }) => address),
    subject: mail.subject ?? "",
    ...readBodies(mail),
  });
}

function readBodies(mail: ParsedMail): { text: string; html: string | null } {
  return { text: mail.text ?? "", html: mail.html || null };
}
