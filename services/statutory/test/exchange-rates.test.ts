import { createServer, type Server } from "node:http";

import { afterEach, describe, expect, test, vi } from "vitest";

import { findRate } from "../src/exchange-rates/find-rate.ts";
import { refreshRates, startRatesJob } from "../src/exchange-rates/refresh-rates.ts";
import { startStatutory } from "./start-statutory.ts";

const { db } = await startStatutory();
const euro = { isoA2Code: "BE", isoA3Code: "EUR", currency: "Euro", value: 1 };
const zloty = (value: number) => ({
  isoA2Code: "PL",
  isoA3Code: "PLN",
  currency: "Polish zloty",
  value,
});
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

/** A source of rates that gives these answers one after the other, then the last one again. */
async function serveRates(...answers: { status?: number; body: unknown }[]): Promise<string> {
  let next = 0;
  const server = createServer((_request, response) => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    response.writeHead(answer?.status ?? 200, { connection: "close" });
    response.end(JSON.stringify(answer?.body));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}

describe("exchange rates", () => {
  test("are stored, and stored again when they change", async () => {
    const url = await serveRates({ body: [euro, zloty(4)] }, { body: [euro, zloty(5)] });

    expect(await refreshRates(db, url)).toBe(2);
    expect(await findRate(db, "PLN")).toBe(4);
    await refreshRates(db, url);
    expect(await findRate(db, "pl")).toBe(5);
  });

  test.each([[{ status: 500, body: [] }], [{ body: [] }], [{ body: "<html>" }]])(
    "stay as they are when the source answers %j",
    async (answer) => {
      const url = await serveRates({ body: [euro, zloty(4)] }, answer);
      await refreshRates(db, url);

      await expect(refreshRates(db, url)).rejects.toThrow(/exchange rates/);

      expect(await findRate(db, "PL")).toBe(4);
    },
  );

  test("are refreshed by a job, which survives a source that is away", async () => {
    const url = await serveRates({ status: 500, body: null }, { body: [euro, zloty(3)] });
    const log = { info: vi.fn<() => void>(), warn: vi.fn<() => void>() };

    const job = startRatesJob({ db, url, log, everyMs: 20 });
    await vi.waitFor(() => expect(log.info).toHaveBeenCalled());
    await job?.stop();

    expect(log.warn).toHaveBeenCalled();
    expect(await findRate(db, "PLN")).toBe(3);
  });

  test("come from the fixed table while nothing was stored", async () => {
    expect(await findRate(db, "EU")).toBe(1);
    await expect(findRate(db, "QQ")).rejects.toMatchObject({ status: 422 });
  });
});
