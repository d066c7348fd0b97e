import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";

export interface ReceivedMail {
  /** Recipients of the envelope, so blind copies too. */
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  headers: ReadonlyMap<string, unknown>;
}

export interface SmtpSink {
  /** `smtp://127.0.0.1:port` */
  url: string;
  messages: ReceivedMail[];
  /** The first mail that fits, waiting for it up to `timeoutMs`. */
  waitFor(fits: (mail: ReceivedMail) => boolean, timeoutMs?: number): Promise<ReceivedMail>;
  /** The next `count` mails are refused for the time being (SMTP 451). */
  refuseNext(count: number): void;
  /** Mails are kept from now on, but their senders wait for the answer until the returned function is called. */
  hold(): () => void;
  stop(): Promise<void>;
}

/** A real SMTP server that keeps what it gets. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const messages: ReceivedMail[] = [];
  let refusals = 0;
  let held: Promise<void> = Promise.resolve();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, done) {
      if (refusals > 0) {
        refusals -= 1;
        stream.resume();
        stream.on("end", () =>
          done(Object.assign(new Error("Try again later."), { responseCode: 451 })),
        );
        return;
      }
      const answer = keepMail(stream, session, messages).then(() => held);
      // smtp-server wants its callback called.
      // oxlint-disable-next-line promise/no-callback-in-promise
      void answer.then(() => done(), done);
    },
  });
  server.on("error", () => {});
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return {
    url: `smtp://127.0.0.1:${readPort(listener.address())}`,
    messages,
    waitFor: (fits, timeoutMs) => waitForMail(messages, fits, timeoutMs),
    refuseNext(count) {
      refusals = count;
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function keepMail(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  messages: ReceivedMail[],
): Promise<void> {
  messages.push(await readMail(stream, session));
}

async function readMail(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<ReceivedMail> {
  const mail = await simpleParser(stream);
  const sender = session.envelope.mailFrom;
  return {
    to: session.envelope.rcptTo.map(({ address }) => address),
    from: sender === false ? "" : sender.address,
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html || "",
    headers: mail.headers,
  };
}

async function waitForMail(
  messages: readonly ReceivedMail[],
  fits: (mail: ReceivedMail) => boolean,
  timeoutMs = 5000,
): Promise<ReceivedMail> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const mail = messages.find(fits);
    if (mail !== undefined) {
      return mail;
    }
    if (Date.now() > deadline) {
      const subjects = messages.map(({ to, subject }) => `${to.join(", ")}: ${subject}`);
      throw new Error(
        `No such mail came within ${timeoutMs} ms. These did:\n${subjects.join("\n")}`,
      );
    }
    await delay(10);
  }
}

function readPort(address: unknown): number {
  if (typeof address === "object" && address !== null && "port" in address) {
    return Number(address.port);
  }
  throw new Error("The SMTP sink has no port.");
}
