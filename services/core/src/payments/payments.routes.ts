import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { ok, okMessage, okPage } from "@myaegee/service-kit";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission } from "../access/caller.ts";
import { withinBody } from "../access/permitted.ts";
import { BodyParams } from "../bodies/bodies.schema.ts";
import { findBody } from "../bodies/find-body.ts";
import { ByAgeQuery, Id } from "../lists/schemas.ts";
import type { Db } from "../tables.ts";
import {
  findPayment,
  insertPayment,
  readPaymentsPage,
  updatePayment,
} from "./payments.repository.ts";
import { NewPayment, Payment, PaymentChanges } from "./payments.schema.ts";

const PaymentParams = Type.Object({ ...BodyParams.properties, payment: Id });
const paymentAnswer = responses(Success(Payment));

const schemas = {
  list: {
    summary: "List the membership fees paid to a body",
    params: BodyParams,
    querystring: ByAgeQuery,
    response: responses(SuccessPage(Payment)),
  },
  record: {
    summary: "Record a membership fee",
    params: BodyParams,
    body: NewPayment,
    response: paymentAnswer,
  },
  change: {
    summary: "Change a recorded membership fee",
    params: PaymentParams,
    body: PaymentChanges,
    response: paymentAnswer,
  },
  remove: {
    summary: "Delete a recorded membership fee",
    params: PaymentParams,
    response: responses(SuccessMessage),
  },
};

export const paymentsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/bodies/:id/payments",
    { onRequest: allowUsers, schema: schemas.list },
    async ({ caller, params, query }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "view:payment", withinBody(body.id));
      const { rows, count } = await readPaymentsPage(db, body.id, query);
      return okPage(rows, count, query);
    },
  );

  app.post(
    "/bodies/:id/payments",
    { onRequest: allowUsers, schema: schemas.record },
    async ({ caller, params, body: payment }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "create:payment", withinBody(body.id));
      return ok(await insertPayment(db, body.id, payment));
    },
  );

  app.put(
    "/bodies/:id/payments/:payment",
    { onRequest: allowUsers, schema: schemas.change },
    async ({ caller, params, body: changes }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "update:payment", withinBody(body.id));
      const payment = await findPayment(db, { id: params.payment, bodyId: body.id });
      return ok(await updatePayment(db, payment, changes));
    },
  );

  app.delete(
    "/bodies/:id/payments/:payment",
    { onRequest: allowUsers, schema: schemas.remove },
    async ({ caller, params }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "delete:payment", withinBody(body.id));
      const { id } = await findPayment(db, { id: params.payment, bodyId: body.id });
      await db.deleteFrom("payments").where("id", "=", id).execute();
      return okMessage("Payment is deleted.");
    },
  );
};
