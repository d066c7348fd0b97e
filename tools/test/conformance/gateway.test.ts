import { beforeEach, describe, expect, test } from "vitest";

import { bringUp, planTestInstance, swap, until } from "../environment/test-environment.ts";
import { type Bench, gatewayBenches } from "./benches.ts";

const routes = [{ path: "/api/events", strip: true }];

describe.each(gatewayBenches)("gateway, %s", (_name, open, requires) => {
  beforeEach(async (context) => await requires(context));

  test("knows no service at first", async () => {
    const { gateway } = await open();

    expect(await gateway.describe()).toEqual([]);
    expect((await gateway.probe("/api/events/"))?.status).toBe(404);
  });

  test("names one address for people and one a service for its neighbours", async () => {
    const { gateway } = await open();

    expect(gateway.publicUrl()).toMatch(/^http:\/\/localhost:\d+$/);
    expect(gateway.internalUrl("core")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/core$/);
  });

  test("a declared service has no traffic yet, and says that it will", async () => {
    const { gateway } = await open();

    await gateway.ensure("events", routes);

    expect(await gateway.describe()).toEqual([
      { service: "events", routes, instance: null, address: null },
    ]);
    expect((await gateway.probe("/api/events/"))?.status).toBe(503);
  });

  test("sends new requests to the instance of the last shift", async () => {
    const bench = await open();
    const first = await serve(bench, "1.0.0", 1);
    const second = planTestInstance(await bench.image("events", "2.0.0"), 2);

    await swap(bench, { from: first.id, to: second });

    expect((await bench.gateway.probe("/api/events/"))?.body).toContain(second.digest);
    expect(await bench.gateway.describe()).toMatchObject([
      { service: "events", instance: second.id },
    ]);
  });

  test("other routes move no traffic", async () => {
    const bench = await open();
    const { id } = await serve(bench, "1.0.0", 1);
    const other = [{ path: "/api/other", strip: true }];

    await bench.gateway.ensure("events", other);

    expect(await bench.gateway.describe()).toMatchObject([{ routes: other, instance: id }]);
    expect((await bench.gateway.probe("/api/other/"))?.status).toBe(200);
    expect((await bench.gateway.probe("/api/events/"))?.status).toBe(404);
  });

  test("describes services in alphabetical order", async () => {
    const { gateway } = await open();

    await gateway.ensure("mailer", [{ path: "/api/mailer" }]);
    await gateway.ensure("core", [{ path: "/api/core" }]);

    expect((await gateway.describe()).map(({ service }) => service)).toEqual(["core", "mailer"]);
  });

  test("the longest path wins, whatever was declared first", async () => {
    const bench = await open();
    await bench.gateway.ensure("frontend", [{ path: "/" }]);
    await serve(bench, "1.0.0", 1);

    expect((await bench.gateway.probe("/api/events/"))?.status).toBe(200);
    expect((await bench.gateway.probe("/api/eventsandmore"))?.status).toBe(503);
  });

  test("shifts only a service that it knows", async () => {
    const { gateway } = await open();

    await expect(gateway.shift("events", "events-1", "127.0.0.1:1")).rejects.toMatchObject({
      code: "SERVICE_UNKNOWN",
    });
  });

  test("says that a service is away whose instance is gone", async () => {
    const bench = await open();
    const { id } = await serve(bench, "1.0.0", 1);

    await bench.runtime.stop(id, 1000);

    expect((await bench.gateway.probe("/api/events/"))?.status).toBe(503);
  });

  test("counts what still runs, and lets it end where it began", async () => {
    const bench = await open();
    const first = await serve(bench, "1.0.0", 1);
    const long = bench.gateway.probe("/api/events/slow?ms=1000");
    await until(async () => (await bench.gateway.inflight("events", first.id)) === 1);
    const second = planTestInstance(await bench.image("events", "2.0.0"), 2);
    const address = await bringUp(bench, second);

    await bench.gateway.shift("events", second.id, address);

    expect((await long)?.body).toContain(first.digest);
    expect(await bench.gateway.inflight("events", first.id)).toBe(0);
  });

  test("retires what takes no traffic only", async () => {
    const bench = await open();
    const { id } = await serve(bench, "1.0.0", 1);

    await bench.gateway.retire("events", "events-unknown-1");
    await expect(bench.gateway.retire("events", id)).rejects.toMatchObject({
      code: "INSTANCE_IN_SERVICE",
    });

    expect((await bench.gateway.probe("/api/events/"))?.status).toBe(200);
  });

  test("removes a service with its routes, as often as asked", async () => {
    const bench = await open();
    await serve(bench, "1.0.0", 1);

    await bench.gateway.remove("events");
    await bench.gateway.remove("events");

    expect(await bench.gateway.describe()).toEqual([]);
    expect((await bench.gateway.probe("/api/events/"))?.status).toBe(404);
  });

  test("goes on answering probes while people see that there is maintenance", async () => {
    const bench = await open();
    await serve(bench, "1.0.0", 1);

    await bench.gateway.maintain("Back at noon.");

    expect((await bench.gateway.probe("/api/events/"))?.status).toBe(200);
    await bench.gateway.maintain(null);
    expect((await bench.gateway.probe("/api/events/"))?.status).toBe(200);
  });

  test("announces which set should be running", async () => {
    const { gateway } = await open();
    const path = "/.well-known/release-set";
    expect((await gateway.probe(path))?.status).toBe(404);

    await gateway.announce({ id: "set-1" });

    expect(await gateway.probe(path)).toMatchObject({ status: 200, body: '{"id":"set-1"}' });
  });
});

async function serve(bench: Bench, version: string, number: number) {
  await bench.gateway.ensure("events", routes);
  const instance = planTestInstance(await bench.image("events", version), number);
  await swap(bench, { from: null, to: instance });
  return instance;
}
