import { expectNoFaults, notFound, type Page, unprocessable } from "@myaegee/service-kit";
import { sql } from "kysely";

import { readPage } from "../lists/read-page.ts";
import { isCalendarDay } from "../members/profile.ts";
import type { Db } from "../tables.ts";
import type { NewPayment, PaymentChanges } from "./payments.schema.ts";

const columns = [
  "id",
  "body_id",
  "user_id",
  "starts",
  "expires",
  "amount",
  "currency",
  "comment",
  "invoice_name",
  "invoice_address",
  "created_at",
  "updated_at",
] as const;

export async function readPaymentsPage(
  db: Db,
  bodyId: number,
  list: Page & { direction: "asc" | "desc" },
) {
  return readPage(
    db
      .selectFrom("payments")
      .where("body_id", "=", bodyId)
      .select(columns)
      .orderBy("id", list.direction),
    list,
  );
}

export async function findPayment(db: Db, by: { id: number; bodyId: number }) {
  const payment = await db
    .selectFrom("payments")
    .where("id", "=", by.id)
    .where("body_id", "=", by.bodyId)
    .select(columns)
    .executeTakeFirst();
  if (payment === undefined) {
    throw notFound("Payment");
  }
  return payment;
}

/** Only members of the body pay to it. */
export async function insertPayment(db: Db, bodyId: number, payment: NewPayment) {
  expectNoFaults(findPaymentFaults(payment));
  return db.transaction().execute(async (trx) => {
    const membership = await trx
      .selectFrom("body_memberships")
      .where("body_id", "=", bodyId)
      .where("user_id", "=", payment.user_id)
      .select("id")
      .forShare()
      .executeTakeFirst();
    if (membership === undefined) {
      throw unprocessable({ user_id: `User ${payment.user_id} is not a member of this body.` });
    }
    const { user_id, starts, expires, amount, currency } = payment;
    return trx
      .insertInto("payments")
      .values({
        ...pickOptional(payment),
        user_id,
        starts,
        expires,
        amount,
        currency,
        body_id: bodyId,
      })
      .returning(columns)
      .executeTakeFirstOrThrow();
  });
}

export async function updatePayment(
  db: Db,
  payment: { id: number; starts: string; expires: string },
  changes: PaymentChanges,
) {
  const { starts = payment.starts, expires = payment.expires, amount, currency } = changes;
  expectNoFaults(findPaymentFaults({ starts, expires }));
  return db
    .updateTable("payments")
    .set({ ...pickOptional(changes), starts, expires, amount, currency, updated_at: sql`now()` })
    .where("id", "=", payment.id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

export function findPaymentFaults({ starts, expires }: { starts: string; expires: string }) {
  const days = { starts, expires };
  const faults = Object.entries(days)
    .filter(([, day]) => !isCalendarDay(day))
    .map(([field, day]) => [field, [`${day} is not a day of the calendar, expected YYYY-MM-DD.`]]);
  return faults.length > 0 || expires > starts
    ? Object.fromEntries(faults)
    : { expires: ["Expiration date should be after the start."] };
}

function pickOptional({ comment, invoice_name, invoice_address }: PaymentChanges) {
  return { comment: comment === null ? "" : comment, invoice_name, invoice_address };
}
