import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import Type, { type Static } from "typebox";
import { Value } from "typebox/value";

import { writeFileSafely } from "../files/write-file-safely.ts";

/** A mail that a service has sent, as people and tests read it. */
export const InboxMessage = Type.Object({
  id: Type.Integer(),
  /** ISO 8601, UTC: when it arrived here. */
  receivedAt: Type.String(),
  from: Type.String(),
  /** Envelope recipients, so blind copies are among them. */
  to: Type.Array(Type.String()),
  subject: Type.String(),
  text: Type.String(),
  html: Type.Union([Type.String(), Type.Null()]),
});

export type InboxMessage = Static<typeof InboxMessage>;

export interface InboxStore {
  add(message: Omit<InboxMessage, "id">): Promise<InboxMessage>;
  /** Newest first. */
  list(): readonly InboxMessage[];
  find(id: number): InboxMessage | null;
  clear(): Promise<void>;
}

const maxMessages = 500;

/** Keeps the newest mails, one file each. */
export async function openInboxStore(
  folder: string,
  limits: { maxMessages: number } = { maxMessages },
): Promise<InboxStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let messages = await readMessages(folder);
  let lastId = messages[0]?.id ?? 0;

  async function forget(old: readonly InboxMessage[]): Promise<void> {
    await Promise.all(old.map(({ id }) => rm(fileOf(folder, id), { force: true })));
  }

  return {
    async add(message) {
      lastId += 1;
      const added = { id: lastId, ...message };
      await writeFileSafely(fileOf(folder, added.id), JSON.stringify(added));
      messages = [added, ...messages].toSorted((a, b) => b.id - a.id);
      await forget(messages.slice(limits.maxMessages));
      messages = messages.slice(0, limits.maxMessages);
      return added;
    },
    list: () => messages,
    find: (id) => messages.find((message) => message.id === id) ?? null,
    async clear() {
      const old = messages;
      messages = [];
      await forget(old);
    },
  };
}

async function readMessages(folder: string): Promise<InboxMessage[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+\.json$/.test(name));
  const read = await Promise.all(names.map((name) => readMessage(join(folder, name))));
  return read.filter((message) => message !== null).toSorted((a, b) => b.id - a.id);
}

async function readMessage(file: string): Promise<InboxMessage | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return Value.Check(InboxMessage, value) ? value : null;
  } catch {
    return null;
  }
}

function fileOf(folder: string, id: number): string {
  return join(folder, `${String(id).padStart(8, "0")}.json`);
}
