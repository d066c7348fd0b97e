import { seedBodies, seedPassword, seedUsers } from "@myaegee/contracts";
import { sql } from "kysely";

import { hashPassword } from "../accounts/password.ts";
import type { Db } from "../tables.ts";
import { seedCircles, shadowCircleId, testburgMembers } from "./circles.ts";
import { filtersByPermission, grantsByCircle } from "./permissions.ts";

/** Adds what is missing of the test data, and changes nothing that is there. */
export async function seed(db: Db): Promise<void> {
  const passwordHash = await hashPassword(seedPassword);
  await db.transaction().execute(async (trx) => {
    await insertBodies(trx);
    await insertUsers(trx, passwordHash);
    await insertCircles(trx);
    await insertPermissions(trx);
    await insertMemberships(trx);
    await insertCampaigns(trx);
    await moveSequences(trx);
  });
}

async function insertBodies(trx: Db): Promise<void> {
  await trx
    .insertInto("bodies")
    .values(
      Object.values(seedBodies).map(({ id, name, code, type }) => ({
        id,
        name,
        code,
        type,
        description: `${name}, for trying things out.`,
        email: `${code.toLowerCase()}@example.org`,
        address: "Somewhere in Europe",
        phone: "+49 30 1234567",
        country: "Germany",
        founded_at: "1985-04-16",
        fee_currency: "EUR",
        pays_fees: type === "antenna",
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const names: Readonly<Record<string, readonly [first: string, last: string]>> = {
  admin: ["Ada", "Admin"],
  board: ["Berta", "Board"],
  member: ["Mara", "Member"],
  stranger: ["Stefan", "Stranger"],
  eqac: ["Emil", "Quality"],
  chair: ["Clara", "Chair"],
  jc: ["Jonas", "Juridical"],
  netdirector: ["Nina", "Network"],
  treasurer: ["Theo", "Treasurer"],
  cd: ["Dora", "Directeur"],
  suspended: ["Sven", "Suspended"],
  unconfirmed: ["Ulla", "Unconfirmed"],
  passwordreset: ["Petra", "Reset"],
};

async function insertUsers(trx: Db, passwordHash: string): Promise<void> {
  const confirmedAt = "2026-01-01T00:00:00Z";
  await trx
    .insertInto("users")
    .values(
      Object.values(seedUsers).map(({ id, username, email }) => ({
        id,
        username,
        email,
        password_hash: passwordHash,
        first_name: names[username]?.[0] ?? username,
        last_name: names[username]?.[1] ?? username,
        mail_confirmed_at: id === seedUsers.unconfirmed.id ? null : confirmedAt,
        active: id !== seedUsers.suspended.id,
        superadmin: id === seedUsers.admin.id,
        date_of_birth: "1998-02-28",
        gender: "prefer not to say",
        address: "Somewhere in Europe",
        privacy_consent: confirmedAt,
        primary_body_id: testburgMembers.includes(id) ? seedBodies.testburg.id : null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function insertCircles(trx: Db): Promise<void> {
  await trx
    .insertInto("circles")
    .values(
      seedCircles.map(({ id, name, parent, bodyId }) => ({
        id,
        name,
        description: name,
        parent_circle_id: parent ?? null,
        body_id: bodyId ?? null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const { id } of Object.values(seedBodies)) {
    await trx
      .updateTable("bodies")
      .set({ shadow_circle_id: shadowCircleId(id) })
      .where("id", "=", id)
      .where("shadow_circle_id", "is", null)
      .execute();
  }
}

async function insertPermissions(trx: Db): Promise<void> {
  const combined = [...new Set(Object.values(grantsByCircle).flat())];
  await trx
    .insertInto("permissions")
    .values(combined.map(planPermission))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const { id, grants } of seedCircles) {
    if (grants !== undefined) {
      await grantAll(trx, id, grantsByCircle[grants]);
    }
  }
}

async function grantAll(trx: Db, circleId: number, combined: readonly string[]): Promise<void> {
  await trx
    .insertInto("circle_permissions")
    .columns(["circle_id", "permission_id"])
    .expression((query) =>
      query
        .selectFrom("permissions")
        .where("combined", "in", combined)
        .select((select) => [select.val(circleId).as("circle_id"), "permissions.id"]),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function insertMemberships(trx: Db): Promise<void> {
  const inTestburg = testburgMembers.map((user_id) => ({
    user_id,
    body_id: seedBodies.testburg.id,
  }));
  await trx
    .insertInto("body_memberships")
    .values([...inTestburg, { user_id: seedUsers.eqac.id, body_id: seedBodies.eqac.id }])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .insertInto("circle_memberships")
    .values(
      seedCircles.flatMap(({ id, members = [] }) =>
        members.map((user_id) => ({ circle_id: id, user_id })),
      ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function insertCampaigns(trx: Db): Promise<void> {
  await trx
    .insertInto("campaigns")
    .values([
      {
        id: 1,
        name: "Join AEGEE",
        url: "default",
        description_short: "Sign up to AEGEE",
        description_long: "Sign up, then find a body near you and ask to join it.",
        autojoin_body_id: null,
      },
      {
        id: 2,
        name: "Join AEGEE-Testburg",
        url: "testburg",
        description_short: "Sign up to AEGEE-Testburg",
        description_long: "Whoever signs up here is a member of AEGEE-Testburg.",
        autojoin_body_id: seedBodies.testburg.id,
      },
      {
        id: 3,
        name: "Summer of 2019",
        url: "summer-2019",
        description_short: "Over",
        active: false,
        autojoin_body_id: null,
      },
    ])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Our ids were chosen; what people make begins at 101. */
async function moveSequences(trx: Db): Promise<void> {
  for (const table of ["bodies", "users", "circles", "campaigns"] as const) {
    await sql`
      select setval(
        pg_get_serial_sequence(${table}, 'id'),
        greatest(100, (select max(id) from ${sql.table(table)})))`.execute(trx);
  }
}

function planPermission(combined: string) {
  const [scope, action = "", object = ""] = combined.split(":");
  return { scope: parseScope(scope), action, object, filters: filtersByPermission[combined] ?? [] };
}

function parseScope(scope: string | undefined): "global" | "local" | "join_request" {
  return scope === "local" || scope === "join_request" ? scope : "global";
}
