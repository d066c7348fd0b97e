import { randomInt } from "node:crypto";

import { callApi, type Tokens } from "./call-api.ts";
import { findLink, waitForMail } from "./inbox.ts";

export interface Person {
  id: number;
  username: string;
  email: string;
  /** As pages show it. */
  name: string;
  tokens: Tokens;
}

/** Of all accounts, those of the seed too. */
export const password = "5ecret5ecret";

/** Letters that no other run and no other flow has. */
export function makeTag(): string {
  return Array.from({ length: 8 }, () => String.fromCodePoint(97 + randomInt(26))).join("");
}

/** A new account: signed up, its address confirmed by the mail, logged in. */
export async function createPerson(role: string): Promise<Person> {
  const tag = makeTag();
  const username = `${role.toLowerCase()}.${tag}`;
  const email = `${username}@example.org`;
  const name = { first_name: role, last_name: tag };
  await callApi("core/signup/default", {
    method: "POST",
    body: { ...account, ...name, username, email },
  });
  const link = findLink(await waitForMail(email, /confirm/i));
  const token = new URLSearchParams(link.split("?")[1]).get("token");
  await callApi("core/confirm-email", { method: "POST", body: { token } });
  return logIn(username);
}

/** Somebody who has an account already, such as `admin` of the seed. */
export async function logIn(username: string): Promise<Person> {
  const answer = await callApi<{ access_token: string; refresh_token: string }>("core/login", {
    method: "POST",
    body: { username, password },
  });
  const tokens = { accessToken: answer.access_token, refreshToken: answer.refresh_token };
  const { user } = await callApi<{ user: SessionUser }>("core/session", { as: { tokens } });
  const name = `${user.first_name} ${user.last_name}`;
  return { id: user.id, username, email: user.email, name, tokens };
}

interface SessionUser {
  id: number;
  email: string;
  first_name: string;
  last_name: string;
}

const account = {
  password,
  date_of_birth: "2000-02-29",
  gender: "female",
  phone: "+32 2 246 03 20",
  address: "Rue du Noyer 55, Brussels",
  about_me: "Here for a test.",
  privacy_consent: "true",
};
