import type { ProbeAnswer } from "../runtimes/runtime.ts";
import type { Route } from "../workspace/service-manifest.ts";

export interface GatewayService {
  service: string;
  routes: readonly Route[];
  /** Instance that new requests go to; null before the first shift. */
  instance: string | null;
  address: string | null;
}

/**
 * What traffic enters through, from outside by public routes and between services by internal names.
 * It switches a service from one instance to another without losing a request.
 * Adapters: `edge-gateway.ts` (in the environment's daemon), `haproxy/haproxy-gateway.ts`.
 */
export interface Gateway {
  /** Address people use, `http://localhost:8080`. */
  publicUrl(): string;
  /** Where other services reach this one, through the gateway: `http://127.0.0.1:8081/core`. */
  internalUrl(service: string): string;
  /** Declares a service and its routes; moves no traffic. */
  ensure(service: string, routes: readonly Route[]): Promise<void>;
  /** From the moment this resolves, new requests go to this instance only. */
  shift(service: string, instance: string, address: string): Promise<void>;
  /** Requests that still run on the instance, WebSockets and streams included. */
  inflight(service: string, instance: string): Promise<number>;
  /** Closes idle connections to the instance and forgets it. Refuses the one that takes traffic. */
  retire(service: string, instance: string): Promise<void>;
  /** Removes a service and its routes. */
  remove(service: string): Promise<void>;
  describe(): Promise<readonly GatewayService[]>;
  /** One GET through the public front door. */
  probe(path: string): Promise<ProbeAnswer | null>;
  /** What the front door answers at `/.well-known/release-set`: which set should be running. */
  announce(document: unknown): Promise<void>;
  /**
   * Answers people with a page that says this, until null; what was announced, `probe` and calls between services go on.
   */
  maintain(message: string | null): Promise<void>;
}
