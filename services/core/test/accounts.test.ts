import { seedUsers } from "@myaegee/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startCore, type TestCore } from "./app.ts";
import { logIn, readMailsTo, send, tokenOf, statusesOf } from "./requests.ts";

let core: TestCore;
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.app.close());

const newcomer = {
  first_name: "Zoë",
  last_name: "O'Neill-Nováková",
  password: "a good password",
  date_of_birth: "2001-12-31",
  privacy_consent: true,
};

describe("POST /signup/:campaign", () => {
  test("makes an unconfirmed account and promises a mail, in one transaction", async () => {
    const { status, body } = await signUp("zoe1", { username: " Zoe1 " });

    expect(status).toBe(200);
    expect(body.data).toMatchObject({ username: "zoe1", email: "zoe1@example.org" });
    expect(body.data).not.toHaveProperty("id");
    expect(JSON.stringify(body)).not.toContain("password");
    const [mail] = await readMailsTo(core.db, "zoe1@example.org");
    expect(mail).toMatchObject({
      template: "confirm_email",
      parameters: { name: "Zoë", surname: "O'Neill-Nováková" },
    });
    expect(mail?.parameters.token).toMatch(/^[0-9a-f]{128}$/);
  });

  test("lets whoever confirms log in", async () => {
    await signUp("zoe2");
    const [mail] = await readMailsTo(core.db, "zoe2@example.org");
    const body = { token: mail?.parameters.token };

    expect((await send(core.app, "POST /confirm-email", { body })).status).toBe(200);

    await expect(logIn(core.app, "zoe2", newcomer.password)).resolves.toBeTruthy();
    expect((await send(core.app, "POST /confirm-email", { body })).status).toBe(404);
  });

  test("puts whoever comes through a campaign of a body into it and its shadow circle", async () => {
    await signUp("zoe3", {}, "testburg");

    const zoe = await readAccount("zoe3");
    const circles = await core.db
      .selectFrom("circle_memberships")
      .where("user_id", "=", zoe.id)
      .select("circle_id")
      .execute();
    const bodies = await core.db
      .selectFrom("body_memberships")
      .where("user_id", "=", zoe.id)
      .select("body_id")
      .execute();
    expect(bodies).toEqual([{ body_id: 1 }]);
    expect(circles).toEqual([{ circle_id: 22 }]);
  });

  test("confirms at once where the campaign says so", async () => {
    await core.db
      .insertInto("campaigns")
      .values({ name: "Trusted", url: "trusted", activate_user: true, autojoin_body_id: null })
      .execute();

    await signUp("zoe4", {}, "trusted");

    await expect(logIn(core.app, "zoe4", newcomer.password)).resolves.toBeTruthy();
    expect(await readMailsTo(core.db, "zoe4@example.org")).toEqual([]);
  });

  test("knows no such campaign, and refuses one that is over", async () => {
    expect((await signUp("zoe5", {}, "nowhere")).status).toBe(404);
    expect((await signUp("zoe5", {}, "summer-2019")).status).toBe(403);
  });

  test("names the field of a name or an email that is taken", async () => {
    const name = await signUp("zoe6", { username: "MEMBER" });
    const email = await signUp("zoe6", { email: "Member@example.org" });

    expect(name.status).toBe(422);
    expect(name.body.errors).toHaveProperty("username");
    expect(email.body.errors).toHaveProperty("email");
  });

  test("makes one account of ten that sign up with the same email at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        signUp(`racer${index}`, { email: "racer@example.org" }),
      ),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(9);
    expect(await readMailsTo(core.db, "racer@example.org")).toHaveLength(1);
  });

  test.each([
    ["username", "12345"],
    ["username", "white space"],
    ["email", "not an address"],
    ["email", "me@aegee.eu"],
    ["email", "me@lists.aegee.org"],
    ["password", "short"],
    ["first_name", "Rob3rt"],
    ["last_name", "   "],
    ["date_of_birth", "2999-01-01"],
    ["date_of_birth", "2001-02-30"],
    ["date_of_birth", "0000-01-01"],
  ])("refuses the %s %j", async (field, value) => {
    const { status, body } = await signUp("zoe7", { [field]: value });

    expect(status).toBe(422);
    expect(body.errors).toHaveProperty(field);
  });

  test("lets nobody choose what is not theirs to choose", async () => {
    await signUp("zoe8", {
      id: 1,
      superadmin: true,
      mail_confirmed_at: "2020-01-01T00:00:00Z",
      active: false,
      primary_body_id: 1,
    });

    expect(await readAccount("zoe8")).toMatchObject({
      superadmin: false,
      mail_confirmed_at: null,
      active: true,
      primary_body_id: null,
    });
  });
});

describe("POST /confirm-email", () => {
  test("refuses a token that is older than 48 hours", async () => {
    await signUp("late");
    const [mail] = await readMailsTo(core.db, "late@example.org");
    await expireTokens("confirm-email");

    const body = { token: mail?.parameters.token };
    expect((await send(core.app, "POST /confirm-email", { body })).status).toBe(404);
  });
});

describe("POST /password_reset and /password_confirm", () => {
  test("answers the same whether or not there is such an account", async () => {
    const known = await reset("chair@example.org");
    const unknown = await reset("nobody@example.org");

    expect(known.status).toBe(200);
    expect(unknown).toEqual(known);
    expect(await readMailsTo(core.db, "chair@example.org")).toHaveLength(1);
    expect(await readMailsTo(core.db, "nobody@example.org")).toEqual([]);
  });

  test("sets the password and ends every session", async () => {
    const before = await logIn(core.app, "passwordreset");
    const token = await requestToken("passwordreset@example.org");

    const { status } = await confirmReset(token, "another password");

    expect(status).toBe(200);
    await expect(logIn(core.app, "passwordreset")).rejects.toThrow("403");
    await expect(logIn(core.app, "passwordreset", "another password")).resolves.toBeTruthy();
    const session = await send(core.app, "GET /session", { token: before.access_token });
    expect(session.status).toBe(401);
    const renewed = await send(core.app, "POST /renew", {
      body: { refresh_token: before.refresh_token },
    });
    expect(renewed.status).toBe(403);
  });

  test("takes a token once, and the last one that was mailed only", async () => {
    const first = await requestToken("cd@example.org");
    const second = await requestToken("cd@example.org");

    expect((await confirmReset(first, "another password")).status).toBe(404);
    const both = await Promise.all([
      confirmReset(second, "another password"),
      confirmReset(second, "yet another password"),
    ]);
    expect(statusesOf(both)).toEqual([200, 404]);
  });

  test("refuses a token that is older than 24 hours, and a short password", async () => {
    const token = await requestToken("netdirector@example.org");

    expect((await confirmReset(token, "short")).body.errors).toHaveProperty("password");
    await expireTokens("reset-password");
    expect((await confirmReset(token, "another password")).status).toBe(404);
  });

  test("does not take the token of another purpose", async () => {
    await signUp("purpose");
    const [mail] = await readMailsTo(core.db, "purpose@example.org");

    expect((await confirmReset(mail?.parameters.token ?? "", "another password")).status).toBe(404);
  });
});

describe("PUT /members/:id/password", () => {
  test("keeps the session that changes it and ends the others", async () => {
    const mine = await tokenOf(core.db, "jc");
    const other = await tokenOf(core.db, "jc");
    const body = { old_password: "5ecret5ecret", password: "another password" };

    expect((await send(core.app, "PUT /members/me/password", { token: mine, body })).status).toBe(
      200,
    );

    expect((await send(core.app, "GET /session", { token: mine })).status).toBe(200);
    expect((await send(core.app, "GET /session", { token: other })).status).toBe(401);
    await expect(logIn(core.app, "jc", "another password")).resolves.toBeTruthy();
  });

  test("needs the old one", async () => {
    const token = await tokenOf(core.db, "eqac");
    const body = { old_password: "wrong password", password: "another password" };

    const answer = await send(core.app, `PUT /members/${seedUsers.eqac.id}/password`, {
      token,
      body,
    });

    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual({ old_password: ["The old password is invalid."] });
  });

  test("is not for strangers", async () => {
    const token = await tokenOf(core.db, "stranger");
    const body = { old_password: "5ecret5ecret", password: "another password" };

    expect((await send(core.app, "PUT /members/3/password", { token, body })).status).toBe(403);
  });
});

describe("PUT /members/:id/email and POST /confirm-email-change", () => {
  test("changes the address once its token comes back", async () => {
    const token = await tokenOf(core.db, "treasurer");
    const body = { new_email: "Theo.New@example.org" };

    expect((await send(core.app, "PUT /members/me/email", { token, body })).status).toBe(200);
    const [mail] = await readMailsTo(core.db, "theo.new@example.org");
    expect(mail).toMatchObject({ template: "mail_change", subject: "MyAEGEE: Email change" });
    const confirmed = await send(core.app, "POST /confirm-email-change", {
      body: { token: mail?.parameters.token },
    });

    expect(confirmed.status).toBe(200);
    expect(await readAccount("treasurer")).toMatchObject({ email: "theo.new@example.org" });
  });

  test("refuses an address that is taken, restricted or malformed", async () => {
    const token = await tokenOf(core.db, "eqac");
    const change = (new_email: string) =>
      send(core.app, "PUT /members/me/email", { token, body: { new_email } });

    expect((await change("member@example.org")).body.errors).toHaveProperty("new_email");
    expect((await change("emil@aegee.org")).body.errors).toHaveProperty("new_email");
    expect((await change("emil")).body.errors).toHaveProperty("new_email");
  });

  test("refuses an address that somebody else took in the meantime", async () => {
    const token = await tokenOf(core.db, "eqac");
    await send(core.app, "PUT /members/me/email", {
      token,
      body: { new_email: "wanted@example.org" },
    });
    const [mail] = await readMailsTo(core.db, "wanted@example.org");
    await signUp("wanted");

    const answer = await send(core.app, "POST /confirm-email-change", {
      body: { token: mail?.parameters.token },
    });

    expect(answer.status).toBe(422);
    expect(answer.body.errors).toHaveProperty("email");
  });
});

async function signUp(username: string, changes: object = {}, campaign = "default") {
  const body = { ...newcomer, username, email: `${username}@example.org`, ...changes };
  return send(core.app, `POST /signup/${campaign}`, { body });
}

async function reset(email: string) {
  return send(core.app, "POST /password_reset", { body: { email } });
}

async function requestToken(email: string): Promise<string> {
  await reset(email);
  return (await readMailsTo(core.db, email)).at(-1)?.parameters.token ?? "";
}

async function confirmReset(token: string, password: string) {
  return send(core.app, "POST /password_confirm", { body: { token, password } });
}

async function expireTokens(purpose: "confirm-email" | "reset-password") {
  await core.db
    .updateTable("mail_tokens")
    .set({ expires_at: new Date(Date.now() - 1000) })
    .where("purpose", "=", purpose)
    .execute();
}

async function readAccount(username: string) {
  return core.db
    .selectFrom("users")
    .where("username", "=", username)
    .selectAll()
    .executeTakeFirstOrThrow();
}
