import { readFile } from "node:fs/promises";

import { formatNotification, type Happening } from "../output/format-notification.ts";
import type { Session } from "./open-session.ts";

type Hook = NonNullable<Session["environment"]["notifications"]>[number];

/** Tells every webhook that wants to know. A run never fails because nobody could be told. */
export async function notify(session: Session, happening: Happening): Promise<void> {
  const hooks = (session.environment.notifications ?? []).filter(
    ({ on }) => on === undefined || on.includes(happening.moment),
  );
  await Promise.all(hooks.map((hook) => tell(session, hook, happening)));
}

async function tell({ context }: Session, { urlFrom }: Hook, happening: Happening): Promise<void> {
  try {
    const url = await readAddress(urlFrom, context.env);
    await context.adapters.postJson(url, formatNotification(happening));
  } catch (error) {
    // Not its message: that may hold the address, which is a secret.
    const why = error instanceof MissingAddress ? error.message : "its receiver did not take it";
    context.report.event({
      type: "warning",
      text: `The notification to ${urlFrom} was not sent: ${why}.`,
    });
  }
}

class MissingAddress extends Error {
  override readonly name = "MissingAddress";
}

async function readAddress(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const file = env[`${name}_FILE`];
  const address = file === undefined ? env[name] : await readFile(file, "utf8").catch(() => "");
  if (address !== undefined && address.trim() !== "") return address.trim();
  throw new MissingAddress(`neither ${name} nor ${name}_FILE gives an address`);
}
