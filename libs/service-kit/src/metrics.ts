import type { FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { collectDefaultMetrics, Counter, Gauge, Histogram, register, Registry } from "prom-client";

/** A business figure, asked for when somebody reads the metrics. */
export interface GaugeDefinition {
  name: string;
  help: string;
  read(): Promise<number>;
}

export interface MetricsOptions {
  service: string;
  gauges: readonly GaugeDefinition[];
}

// The process's own figures exist once, however many apps a test builds.
collectDefaultMetrics({ register });

/** `/metrics` and `/metrics/requests`: requests by route template, method and status, and business gauges. */
export const metrics = fastifyPlugin<MetricsOptions>(async (app, { service, gauges }) => {
  const requests = new Registry();
  const business = new Registry();
  const prefix = formatPrefix(service);
  const labelNames = ["endpoint", "method", "status"] as const;
  const counter = new Counter({
    name: `${prefix}_requests_total`,
    help: "Requests answered.",
    labelNames,
    registers: [requests],
  });
  const histogram = new Histogram({
    name: `${prefix}_request_duration_seconds`,
    help: "Time from request to answer.",
    labelNames,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [requests],
  });
  gauges.forEach((gauge) => addGauge(prefix, gauge, business));

  app.addHook("onResponse", async (request, reply) => {
    const labels = readLabels(request, reply);
    counter.inc(labels);
    histogram.observe(labels, reply.elapsedTime / 1000);
  });
  const all = Registry.merge([register, requests, business]);
  app.get("/metrics", { schema: { hide: true } }, async (_request, reply) =>
    reply.type(all.contentType).send(await all.metrics()),
  );
  app.get("/metrics/requests", { schema: { hide: true } }, async (_request, reply) =>
    reply.type(requests.contentType).send(await requests.metrics()),
  );
});

/** Prometheus knows no dashes in names. */
function formatPrefix(service: string): string {
  return service.replaceAll("-", "_");
}

function addGauge(prefix: string, definition: GaugeDefinition, registry: Registry): void {
  registry.registerMetric(
    new Gauge({
      name: `${prefix}_${definition.name}`,
      help: definition.help,
      registers: [],
      async collect() {
        // A figure that cannot be read must not hide the others.
        this.set(await definition.read().catch(() => Number.NaN));
      },
    }),
  );
}

function readLabels(request: FastifyRequest, reply: FastifyReply) {
  return {
    endpoint: request.routeOptions.url ?? "unknown",
    method: request.method,
    status: `${reply.statusCode}`,
  };
}
