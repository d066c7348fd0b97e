import { afterEach, expect, test } from "vitest";

import {
  createTestEnvironment,
  planTestInstance,
  swap,
  type TestEnvironment,
} from "./test-environment.ts";

const limitMs = 60_000;
let environment: TestEnvironment;

afterEach(async () => await environment.remove(), limitMs);

test(
  "runs an image behind the front door, and stop leaves nothing",
  { timeout: limitMs },
  async () => {
    environment = await createTestEnvironment();
    const connection = await environment.connect();
    const image = await environment.image("events", "1.0.0");
    await connection.gateway.ensure("events", [{ path: "/api/events", strip: true }]);
    await swap(connection, { from: null, to: planTestInstance(image, 1) });

    const answer = await connection.gateway.probe("/api/events/somewhere?a=1");

    expect(JSON.parse(answer?.body ?? "")).toMatchObject({
      version: "1.0.0",
      image_digest: image.digest,
      url: "/somewhere?a=1",
    });
    await connection.platform.shutdown();
    expect(environment.processes()).toEqual([]);
  },
);
