import type { Figure, MeasureOptions } from "./bar.ts";
import { formatMs, median, mustRun, withWorkspace } from "./open-workspace.ts";

const rounds = 5;
const limitMs = 1000;
const services = Array.from({ length: 20 }, (_unused, index) => `tiny-${index + 1}`);

/** Row 8: a deployment that finds nothing to do. */
export async function measureNoChange(options: MeasureOptions): Promise<readonly Figure[]> {
  const { driver } = options;
  return withWorkspace(options, { services, program: "small" }, async (workspace) => {
    await mustRun(workspace, "deploy");
    const whole: number[] = [];
    const own: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const startedMs = performance.now();
      const said = await mustRun(workspace, "deploy", "--json");
      whole.push(performance.now() - startedMs);
      own.push(Number(JSON.parse(said.trim().split("\n").at(-1) ?? "").durationMs));
    }
    options.say(`whole ${whole.map(formatMs).join(", ")}`);
    const figure = `${formatMs(median(whole))}, ${formatMs(median(own))} of it after start-up`;
    return [{ row: "8", driver, figure, isMet: median(whole) <= limitMs }];
  });
}
