import { expect, test } from "vitest";

import {
  formatConnection,
  parseDatabaseServer,
  planTls,
  planVariables,
} from "./database-server.ts";

test("a server is read with its user and mode, and services get connections of their own", () => {
  const server = parseDatabaseServer(
    "postgres://admin@db.example.org:6432/postgres?sslmode=require",
  );

  expect(server).toEqual({
    host: "db.example.org",
    port: 6432,
    user: "admin",
    database: "postgres",
    sslMode: "require",
  });
  expect(formatConnection(server, "core", "sesame")).toBe(
    "postgres://core:sesame@db.example.org:6432/core?sslmode=require",
  );
  expect(planVariables(server)).toEqual([
    "PGHOST=db.example.org",
    "PGPORT=6432",
    "PGUSER=admin",
    "PGSSLMODE=require",
  ]);
});

test.each([
  ["", false],
  ["?sslmode=disable", false],
  ["?sslmode=require", { servername: "db.example.org", rejectUnauthorized: false }],
  ["?sslmode=verify-full", { servername: "db.example.org", rejectUnauthorized: true }],
] as const)("the mode %j means %j", (mode, tls) => {
  expect(planTls(parseDatabaseServer(`postgres://admin@db.example.org/postgres${mode}`))).toEqual(
    tls,
  );
});
