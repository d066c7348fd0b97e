import { describe, expect, test } from "vitest";

import type { ImageReference, TaskSpec } from "../../src/runtimes/runtime.ts";
import { bringUp, planTestInstance, until } from "../environment/test-environment.ts";
import { benches } from "./benches.ts";

describe.each(benches)("runtime, %s", { timeout: 120_000 }, (_name, open) => {
  test("runs nothing at first", async () => {
    const { runtime } = await open();

    expect(await runtime.list()).toEqual([]);
    expect(await runtime.probe("events-1", "/")).toBeNull();
  });

  test("lists what it starts by its reference, with an address", async () => {
    const { runtime, image } = await open();
    const instance = planTestInstance(await image("events", "1.0.0"), 1);

    await bringUp({ runtime }, instance);

    const { id, service, version, digest, set, run } = instance;
    const reference = { id, service, version, digest, set, run };
    expect(await runtime.list()).toEqual([
      {
        ...reference,
        state: "running",
        address: expect.stringMatching(/^[\d.]+:/),
        pid: expect.any(Number),
        startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        restarts: 0,
        exitCode: null,
      },
    ]);
  });

  test("starts nothing twice", async () => {
    const { runtime, image } = await open();
    const instance = planTestInstance(await image("events", "1.0.0"), 1);
    await bringUp({ runtime }, instance);
    const before = await runtime.list();

    await runtime.start(instance);

    expect(await runtime.list()).toEqual(before);
  });

  test("asks an instance itself, which answers as what it is", async () => {
    const { runtime, image } = await open();
    const instance = planTestInstance(await image("events", "1.0.0"), 1);
    await bringUp({ runtime }, instance);

    const answer = await runtime.probe(instance.id, "/healthcheck");

    expect(answer?.status).toBe(200);
    expect(answer?.body).toContain(instance.digest);
  });

  test("passes on that an instance is not ready", async () => {
    const { runtime, image } = await open();
    const instance = planTestInstance(await image("events", "1.0.0", "silent"), 1);
    await runtime.start(instance);

    await until(async () => (await runtime.probe(instance.id, "/readiness"))?.status === 503);

    expect((await runtime.probe(instance.id, "/healthcheck"))?.status).toBe(200);
  });

  test("keeps an instance that ended in the list, with its exit code and no address", async () => {
    const { runtime, image } = await open();
    const instance = planTestInstance(await image("events", "1.0.0", "dying"), 1);
    await runtime.start(instance);

    const exitCode = await runtime.exited(instance.id, AbortSignal.timeout(5000));

    expect(exitCode).toBeGreaterThan(0);
    expect(await runtime.list()).toMatchObject([
      { id: instance.id, state: "exited", address: null, pid: null, exitCode },
    ]);
    expect(await runtime.probe(instance.id, "/")).toBeNull();
  });

  test("tells of an exit also when asked after it", async () => {
    const { runtime, image } = await open();
    const instance = planTestInstance(await image("events", "1.0.0", "dying"), 1);
    await runtime.start(instance);
    const first = await runtime.exited(instance.id, AbortSignal.timeout(5000));

    expect(await runtime.exited(instance.id, AbortSignal.timeout(5000))).toBe(first);
  });

  test("says nothing of an exit while it runs, until the signal", async () => {
    const { runtime, image } = await open();
    const instance = planTestInstance(await image("events", "1.0.0"), 1);
    await bringUp({ runtime }, instance);

    await expect(runtime.exited(instance.id, AbortSignal.timeout(100))).rejects.toThrow(/aborted/);
  });

  test("starts an instance anew that has ended", async () => {
    const { runtime, image } = await open();
    const instance = planTestInstance(await image("events", "1.0.0"), 1);
    await bringUp({ runtime }, instance);
    await runtime.probe(instance.id, "/crash");
    await until(async () => (await runtime.list())[0]?.state === "exited");

    await bringUp({ runtime }, instance);

    expect(await runtime.list()).toMatchObject([{ state: "running", exitCode: null }]);
  });

  test("brings back after a crash what it shall keep running, and nothing else", async () => {
    const { runtime, image } = await open();
    const [kept, other] = [
      planTestInstance(await image("core", "1.0.0"), 1),
      planTestInstance(await image("events", "2.0.0"), 1),
    ];
    await Promise.all([bringUp({ runtime }, kept), bringUp({ runtime }, other)]);
    await runtime.keepRunning(kept.id);

    await Promise.all([runtime.probe(kept.id, "/crash"), runtime.probe(other.id, "/crash")]);

    await until(async () =>
      (await runtime.list()).every(({ restarts, exitCode }) => restarts === 1 || exitCode !== null),
    );
    await until(async () => (await runtime.probe(kept.id, "/readiness"))?.status === 200);
    const listed = (await runtime.list()).toSorted((a, b) => a.id.localeCompare(b.id));
    expect(listed).toMatchObject([
      { id: kept.id, state: "running", restarts: 1, exitCode: null },
      { id: other.id, state: "exited", restarts: 0 },
    ]);
  });

  test("knows no instance that was never started", async () => {
    const { runtime } = await open();
    const unknown = { code: "INSTANCE_UNKNOWN" };

    await expect(runtime.keepRunning("events-1")).rejects.toMatchObject(unknown);
    await expect(runtime.exited("events-1", AbortSignal.timeout(5000))).rejects.toMatchObject(
      unknown,
    );
    expect(await runtime.logs("events-1", 5)).toEqual([]);
  });

  test("stops and forgets an instance, as often as asked, and keeps its log", async () => {
    const { runtime, image } = await open();
    const instance = planTestInstance(await image("events", "1.0.0", "dying"), 1);
    await runtime.start(instance);
    await runtime.exited(instance.id, AbortSignal.timeout(5000));

    await runtime.stop(instance.id, 1000);
    await runtime.stop(instance.id, 1000);

    expect(await runtime.list()).toEqual([]);
    expect(await runtime.logs(instance.id, 1)).toHaveLength(1);
  });

  test("refuses an image that no registry has", async () => {
    const { runtime, image } = await open();
    const missing = await image("events", "1.0.0", "missing");
    const refusal = { code: "IMAGE_MISSING" };

    await expect(runtime.prepare(missing)).rejects.toMatchObject(refusal);
    await expect(runtime.start(planTestInstance(missing, 1))).rejects.toMatchObject(refusal);
    await expect(runtime.runOnce(planTask(missing, "migrate"))).rejects.toMatchObject(refusal);
    expect(await runtime.list()).toEqual([]);
  });

  test("runs a command to its end and gives its output; it is no instance", async () => {
    const { runtime, image } = await open();

    const result = await runtime.runOnce(planTask(await image("events", "1.0.0"), "migrate"));

    expect(result).toEqual({ exitCode: 0, output: [expect.any(String)] });
    expect(await runtime.list()).toEqual([]);
  });

  test("gives the exit code of a command that failed", async () => {
    const { runtime, image } = await open();
    const task = planTask(await image("events", "1.0.0", "dying"), "migrate");

    expect(await runtime.runOnce(task)).toEqual({ exitCode: 1, output: [expect.any(String)] });
  });

  test("ends a command that takes too long", async () => {
    const { runtime, image } = await open();
    const task = planTask(await image("events", "1.0.0"), "hang");

    await expect(runtime.runOnce({ ...task, timeoutMs: 300 })).rejects.toMatchObject({
      code: "TASK_TIMEOUT",
    });
  });
});

function planTask(image: ImageReference, command: string): TaskSpec {
  const id = `${image.service}-${command}`;
  return { ...image, id, args: [command], env: {}, secrets: [], timeoutMs: 20_000 };
}
