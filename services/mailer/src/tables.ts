import type { ColumnType, Generated, JSONColumnType } from "kysely";

export type MessageStatus = "queued" | "sending" | "sent" | "dead";
export type Parameters = Record<string, unknown>;

export interface MessagesTable {
  id: Generated<string>;
  service: string;
  idempotency_key: string | null;
  position: number;
  template: string;
  recipient: string;
  subject: string;
  sender: string | null;
  reply_to: string | null;
  cc: string[];
  bcc: string[];
  parameters: JSONColumnType<Parameters>;
  status: Generated<MessageStatus>;
  attempts: Generated<number>;
  next_attempt_at: Generated<string>;
  last_error: string | null;
  created_at: ColumnType<string, never, never>;
  sent_at: string | null;
}

export interface Tables {
  messages: MessagesTable;
}
