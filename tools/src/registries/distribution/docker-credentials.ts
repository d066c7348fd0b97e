import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

import { execa } from "execa";
import { Type, type Static } from "typebox";
import { Check } from "typebox/value";

import { SlipwayError } from "../../errors.ts";
import { hasCode } from "../../workspace/has-code.ts";

export type Credentials =
  | { kind: "password"; user: string; password: string }
  | { kind: "identity-token"; token: string };

/** Docker's name for itself in its own configuration. */
const dockerHubKey = "https://index.docker.io/v1/";
const helperTimeoutMs = 30_000;

const Login = Type.Object({
  auth: Type.Optional(Type.String()),
  username: Type.Optional(Type.String()),
  password: Type.Optional(Type.String()),
  identitytoken: Type.Optional(Type.String()),
});
type Login = Static<typeof Login>;
const Configuration = Type.Object({
  auths: Type.Optional(Type.Record(Type.String(), Login)),
  credHelpers: Type.Optional(Type.Record(Type.String(), Type.String())),
  credsStore: Type.Optional(Type.String()),
});
const HelperAnswer = Type.Object({ Username: Type.String(), Secret: Type.String() });

/** What `docker login` left for a registry: by its helper, the common store, or the file itself. */
export async function readDockerCredentials(registry: string): Promise<Credentials | null> {
  const { auths = {}, credHelpers = {}, credsStore = "" } = await readConfiguration();
  const key = registry === "docker.io" ? dockerHubKey : registry;
  const helper = credHelpers[registry] ?? credHelpers[key] ?? credsStore;
  const found = helper === "" ? null : await askHelper(helper, key);
  return found ?? findLogin(auths, key);
}

async function readConfiguration() {
  const folder = process.env["DOCKER_CONFIG"] ?? path.join(homedir(), ".docker");
  const file = path.join(folder, "config.json");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) {
      return "{}";
    }
    throw error;
  });
  const content = parseJson(text);
  if (Check(Configuration, content)) {
    return content;
  }
  // Without a cause or an excerpt: the file holds passwords.
  throw new SlipwayError("CONFIG_INVALID", `${file} is not a Docker configuration.`, {
    hint: "Expected JSON with auths, credHelpers or credsStore. Sign in again: docker login",
  });
}

async function askHelper(helper: string, key: string): Promise<Credentials | null> {
  if (!/^[\w.-]+$/u.test(helper)) {
    throw refuseHelper(JSON.stringify(helper), "is not a helper's name");
  }
  const program = `docker-credential-${helper}`;
  const { failed, stdout, exitCode } = await execa(program, ["get"], {
    input: key,
    reject: false,
    timeout: helperTimeoutMs,
  });
  const answer = parseJson(stdout);
  if (!failed && Check(HelperAnswer, answer)) {
    return answer.Username === "<token>"
      ? { kind: "identity-token", token: answer.Secret }
      : { kind: "password", user: answer.Username, password: answer.Secret };
  }
  if (exitCode !== undefined && stdout.includes("credentials not found")) {
    return null;
  }
  // Its output is left out: it may hold the secret.
  throw refuseHelper(
    program,
    exitCode === undefined ? "did not start or end" : `ended with ${exitCode} and no credentials`,
  );
}

function findLogin(auths: Readonly<Record<string, Login>>, key: string): Credentials | null {
  const wanted = toHost(key);
  const login = Object.entries(auths).find(([name]) => toHost(name) === wanted)?.[1];
  return login === undefined ? null : parseLogin(login);
}

function parseLogin(login: Login): Credentials | null {
  if (login.identitytoken !== undefined && login.identitytoken !== "") {
    return { kind: "identity-token", token: login.identitytoken };
  }
  const decoded = Buffer.from(login.auth ?? "", "base64").toString();
  const colon = decoded.indexOf(":");
  const user = colon === -1 ? login.username : decoded.slice(0, colon);
  const password = colon === -1 ? login.password : decoded.slice(colon + 1);
  return user === undefined || password === undefined ? null : { kind: "password", user, password };
}

/** `https://index.docker.io/v1/` and `index.docker.io` name the same registry. */
function toHost(key: string): string {
  return key.replace(/^https?:\/\//u, "").replace(/\/.*$/su, "");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuseHelper(program: string, fault: string): SlipwayError {
  return new SlipwayError("CONFIG_INVALID", `The credential helper ${program} ${fault}.`, {
    hint: "Docker's configuration names it in credHelpers or credsStore. Install it, or sign in again: docker login",
  });
}
