import { seedPassword, seedUsers } from "@myaegee/contracts";
import type { App } from "@myaegee/service-kit";
import { sql } from "kysely";

import { insertSession } from "../src/sessions/sessions.repository.ts";
import type { Db } from "../src/tables.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";
type SeedLogin = keyof typeof seedUsers;

export interface RequestOptions {
  token?: string | undefined;
  headers?: Record<string, string>;
  body?: object;
}

/** One request, with what tests look at of the answer. */
export async function send(
  app: App,
  line: `${Method} /${string}`,
  { token, headers = {}, body }: RequestOptions = {},
): Promise<{ status: number; body: ReturnType<typeof JSON.parse> }> {
  const [method, url] = line.split(" ");
  const answer = await app.inject({
    method: parseMethod(method),
    url: url ?? "/",
    headers: token === undefined ? headers : { ...headers, "x-auth-token": token },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

function parseMethod(method: string | undefined): Method {
  return method === "POST" || method === "PUT" || method === "DELETE" ? method : "GET";
}

export async function logIn(
  app: App,
  username: string,
  password: string = seedPassword,
): Promise<{ access_token: string; refresh_token: string }> {
  const { status, body } = await send(app, "POST /login", { body: { username, password } });
  if (status !== 200) {
    throw new Error(`${username} could not log in: ${status} ${JSON.stringify(body)}`);
  }
  return body.data;
}

/** An access token without the cost of a login. */
export async function tokenOf(db: Db, login: SeedLogin | number): Promise<string> {
  const id = typeof login === "number" ? login : seedUsers[login].id;
  return (await insertSession(db, id)).access_token;
}

/** Tokens of several at once, by login. */
export async function tokensOf<Login extends SeedLogin>(
  db: Db,
  ...logins: readonly Login[]
): Promise<Record<Login, string>>;
export async function tokensOf(db: Db, ...logins: SeedLogin[]): Promise<Record<string, string>> {
  const entries = logins.map(async (login) => [login, await tokenOf(db, login)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

export interface PromisedMail {
  template: string;
  subject: string;
  recipients: string[];
  parameters: { token?: string };
}

/** What core promised to mail to somebody, oldest first. */
export async function readMailsTo(db: Db, recipient: string): Promise<PromisedMail[]> {
  const { rows } = await sql<PromisedMail>`
    select template, subject, recipients, parameters from outbox
     where ${recipient} = any(recipients) order by created_at`.execute(db);
  return rows;
}

/** In ascending order, because nobody knows who comes first. */
export function statusesOf(answers: readonly { status: number }[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b);
}
