import { expect, test } from "vitest";

import {
  parseFailedReloads,
  parseFingerprint,
  parseMap,
  parseServers,
  parseSessions,
  parseWorkers,
} from "./parse-observed.ts";

const processes = `#<PID>          <type>          <reloads>       <uptime>        <version>
9241            master          1 [failed: 2]   0d00h00m03s     2.6.12-1+deb12u4
# workers
9333            worker          0               0d00h00m01s     2.6.12-1+deb12u4
# old workers
9272            worker          1               0d00h00m03s     2.6.12-1+deb12u4
# programs

`;

test("tells the worker of today from those of yesterday", () => {
  expect(parseWorkers(processes)).toEqual([
    { pid: 9333, isCurrent: true },
    { pid: 9272, isCurrent: false },
  ]);
  expect(parseFailedReloads(processes)).toBe(2);
});

test("reads no worker from an answer that broke off", () => {
  expect(parseWorkers("")).toEqual([]);
});

test.for([
  ["2 0", "ready"],
  ["0 5", "maint"],
  ["2 4", "ready"],
  ["2 8", "drain"],
  ["2 12", "drain"],
  ["0 9", "maint"],
])("reads the states %s as %s", ([states = "", state]) => {
  const line = `4 pool00 1 a 10.0.0.7 ${states} 1 1 3 1 0 2 0 0 0 0 - 8084 - 0 0 - - 0`;

  expect(parseServers(`1\n# be_id be_name\n${line}\n`)).toEqual(
    new Map([["pool00/a", { host: "10.0.0.7", port: 8084, state }]]),
  );
});

test("sums requests that run and that wait, by address", () => {
  const text = [
    "# pxname,svname,qcur,qmax,scur,addr,",
    "pool00,a,1,0,3,10.0.0.7:80,",
    "pool00,b,0,0,2,10.0.0.8:80,",
    "pool01,a,0,0,4,10.0.0.7:80,",
    "relay,current,0,0,9,127.0.0.1:8081,",
  ].join("\n");

  expect(parseSessions(text)).toEqual(
    new Map([
      ["10.0.0.7:80", 8],
      ["10.0.0.8:80", 2],
    ]),
  );
});

test("reads a table without the addresses in memory", () => {
  expect(parseMap("0x55c5c9699d30 /api/core/ pool00|core|2\n0x7f a b c\n\n")).toEqual([
    "/api/core/ pool00|core|2",
    "a b c",
  ]);
});

test("reads which configuration a worker has", () => {
  expect(parseFingerprint("node: vm\ndescription: slipway-12ab\n")).toBe("slipway-12ab");
  expect(parseFingerprint("node: vm\n")).toBeNull();
});
