import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

const secret = "a-s3cret-of-24-characters";
const children: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-service-"));
  await writeFile(join(folder, "token"), `${secret}\n`);
});

afterEach(() => {
  children.splice(0).forEach((child) => child.kill("SIGKILL"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  child: ChildProcess;
  output: () => string;
  exit: Promise<number | null>;
}

function start(command: string, env: Record<string, string> = {}): Run {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "fixture-service.ts"), command],
    {
      env: { HOST: "127.0.0.1", PORT: "0", SERVICE_TOKEN: secret, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  children.push(child);
  const chunks: string[] = [];
  child.stdout.on("data", (chunk) => chunks.push(String(chunk)));
  return {
    child,
    output: () => chunks.join(""),
    exit: once(child, "exit").then(([code]) => code),
  };
}

async function startServing(env: Record<string, string> = {}): Promise<Run & { url: string }> {
  const run = start("serve", env);
  await expect.poll(run.output, { timeout: 15_000 }).toContain('"address"');
  const url = /"address":"([^"]+)"/.exec(run.output())?.[1] ?? "";
  return { ...run, url };
}

test("lists every fault of the configuration, and no value", async () => {
  const { exit, output } = start("serve", {
    PORT: "eighty",
    SERVICE_TOKEN: "short",
    SERVICE_TOKENS: "no-json",
    LOG_LEVEL_FILE: join(folder, "nothing"),
  });

  expect(await exit).toBe(1);
  expect(JSON.parse(output()).msg).toBe(
    [
      "The configuration has 4 faults:",
      `LOG_LEVEL_FILE: ${join(folder, "nothing")} cannot be read (ENOENT).`,
      "PORT: must be integer.",
      "SERVICE_TOKEN: must not have fewer than 16 characters.",
      "SERVICE_TOKENS: must be object.",
    ].join("\n"),
  );
  expect(output()).not.toContain("eighty");
  expect(output()).not.toContain("short");
});

test("says which variable is missing", async () => {
  const { exit, output } = start("serve", { SERVICE_TOKEN: "" });

  expect(await exit).toBe(1);
  expect(JSON.parse(output()).msg).toBe(
    "The configuration has a fault:\nSERVICE_TOKEN: is missing.",
  );
});

test("reads a secret from a file, and JSON from a variable", async () => {
  const { url } = await startServing({
    SERVICE_TOKEN: "",
    SERVICE_TOKEN_FILE: join(folder, "token"),
    SERVICE_TOKENS: '{"core":"x","events":"y"}',
  });

  const answer = await fetch(`${url}/tokens`);

  expect(await answer.json()).toMatchObject({ data: ["core", "events"] });
});

test("answers what Slipway told it at the start", async () => {
  const { url } = await startServing({
    SERVICE_VERSION: "1.2.3",
    SERVICE_COMMIT: "abc",
    RELEASE_SET: "set-1",
    IMAGE_DIGEST: "sha256:1",
    INSTANCE: "a",
  });

  const answer = await fetch(`${url}/healthcheck`);

  expect(await answer.json()).toEqual({
    success: true,
    data: {
      name: "fixture",
      description: "For tests.",
      version: "1.2.3",
      commit: "abc",
      release_set: "set-1",
      image_digest: "sha256:1",
      instance: "a",
    },
  });
});

test("finishes requests in flight after SIGTERM, tells clients to go, and ends with 0", async () => {
  const { child, url, exit } = await startServing();
  const slow = fetch(`${url}/slow`);
  await expect.poll(() => fetch(`${url}/healthcheck`).then(({ status }) => status)).toBe(200);

  child.kill("SIGTERM");
  const answer = await slow;

  expect(answer.status).toBe(200);
  expect(answer.headers.get("connection")).toBe("close");
  expect(await exit).toBe(0);
});

test("takes no request on a new connection while it drains", async () => {
  const { child, url, output } = await startServing();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const slow = ask(`${url}/slow`, agent);
  const late = ask(`${url}/readiness`, agent);
  await expect.poll(() => fetch(`${url}/healthcheck`).then(({ status }) => status)).toBe(200);

  child.kill("SIGTERM");

  await expect.poll(output).toContain("draining");
  expect(await slow).toBe(200);
  // The one connection is closed after the slow answer, so the second request finds nobody.
  expect(await late).toBe(0);
});

function ask(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const call = request(url, { agent }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.on("error", () => resolve(0));
    call.end();
  });
}

test("cuts off what is still running when the drain time is over", async () => {
  const { child, url, exit, output } = await startServing({ DRAIN_SECONDS: "0.3" });
  fetch(`${url}/stuck`).catch(() => {});
  await expect.poll(() => fetch(`${url}/healthcheck`).then(({ status }) => status)).toBe(200);

  child.kill("SIGTERM");

  expect(await exit).toBe(1);
  expect(output()).toContain("the drain time is over");
});

test("migrates", async () => {
  const { exit, output } = start("migrate");

  expect(await exit).toBe(0);
  expect(output()).toContain("the migration ran");
});

test("seeds only where test data is allowed", async () => {
  const refused = start("seed");
  const allowed = start("seed", { TEST_DATA: "true" });

  expect(await refused.exit).toBe(1);
  expect(refused.output()).toContain("Seeds are refused here: they need TEST_DATA=true.");
  expect(await allowed.exit).toBe(0);
  expect(allowed.output()).toContain("the seed ran");
});

test("refuses an unknown command", async () => {
  const { exit, output } = start("destroy");

  expect(await exit).toBe(1);
  expect(output()).toContain("Unknown command destroy. Expected serve, migrate or seed.");
});
