import type { InboxStore } from "../inbox/inbox-store.ts";
import { type SmtpSink, startSmtpSink } from "../inbox/smtp-sink.ts";
import type { DaemonContext, DaemonHost } from "./daemon-context.ts";
import { findFreePort } from "./free-port.ts";
import { isBusy, openFrontDoor } from "./open-front-door.ts";

interface Opening {
  inbox: InboxStore;
  /** Gets a sentence for each thing that is not as it was. */
  recovery: string[];
  inherit: DaemonHost["inheritListeners"];
}

/** Opens the gateway and the inbox on the ports of last time where they are free; says where they were not. */
export async function openListeners(
  context: DaemonContext,
  { inbox, recovery, inherit }: Opening,
): Promise<SmtpSink> {
  const { ports, edge } = context;
  if (inherit === null) {
    await openGateway(context, recovery);
  } else {
    await inherit((side, listener) => {
      ports[side] = edge.adopt(side, listener);
    });
  }
  let smtp: SmtpSink | null = null;
  ports.smtp = await openKept(ports.smtp, async (port) => {
    smtp = await startSmtpSink(inbox, port);
    return smtp.port;
  });
  if (smtp === null) throw new Error("The mail inbox did not open.");
  return smtp;
}

async function openGateway(context: DaemonContext, recovery: string[]): Promise<void> {
  const { edge, ports, options } = context;
  const { gateway } = options.environment;
  const wanted = ports.public;
  // What runs already must be reachable and stoppable, whoever took its port meanwhile.
  const isTakenOver = context.supervisor.list().length > 0;
  ports.public = await openFrontDoor(edge, {
    ...gateway,
    port: wanted,
    ...(isTakenOver ? { fallback: "next free" } : {}),
  });
  if (isTakenOver && ports.public !== wanted) {
    recovery.push(
      `Port ${wanted} is taken by another program now; the address is on ${ports.public}.`,
    );
  }
  ports.internal = await openKept(ports.internal, (port) => edge.listenInternal(port));
}

/** The port of last time, which running services know; another one when somebody else took it meanwhile. */
async function openKept(port: number, open: (port: number) => Promise<number>): Promise<number> {
  try {
    return await open(port === 0 ? await findFreePort(new Set()) : port);
  } catch (cause) {
    if (!isBusy(cause)) throw cause;
    return await open(await findFreePort(new Set([port])));
  }
}
