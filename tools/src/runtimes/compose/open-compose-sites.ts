import { setTimeout as delay } from "node:timers/promises";

import { SlipwayError } from "../../errors.ts";
import { openHost } from "../../hosts/open-host.ts";
import type { ComposeFacts, ConnectOptions, HostSettings } from "../../hosts/platform.ts";
import { type ComposeSite, openSite } from "./open-compose-member.ts";

export interface Sites {
  first: ComposeSite;
  others: readonly ComposeSite[];
  /** Names of hosts that can't be reached, where that is tolerated. */
  absent: readonly string[];
}

const answerLimitMs = 5000;

/** Reaches all hosts at once, before anything is touched on one of them. Throws HOST_UNREACHABLE and its like. */
export async function openSites(options: ConnectOptions, facts: ComposeFacts): Promise<Sites> {
  const [first, ...others] = facts.hosts;
  const [one, ...rest] = await Promise.allSettled(
    [first, ...others].map(async (settings) => openInTime(settings, options, facts)),
  );
  if (one?.status !== "fulfilled") throw one?.reason;
  const absent = rest.flatMap((result, index) =>
    result.status === "rejected" ? [{ name: others[index]?.name ?? "", cause: result.reason }] : [],
  );
  const [lacking] = absent;
  if (lacking !== undefined && options.mayLackHosts !== true) throw lacking.cause;
  return {
    first: one.value,
    others: rest.flatMap((result) => (result.status === "fulfilled" ? [result.value] : [])),
    absent: absent.map(({ name }) => name),
  };
}

async function openInTime(
  settings: HostSettings,
  options: ConnectOptions,
  facts: ComposeFacts,
): Promise<ComposeSite> {
  const settled = new AbortController();
  const late = delay(answerLimitMs, null, { signal: settled.signal }).catch(() => null);
  try {
    const opened = openSite(settings, options, facts).catch(async (error: unknown) => {
      // An engine that is silent, or the host of a connection that was open before?
      await answer(settings, options.environment.name);
      throw error;
    });
    const site = await Promise.race([opened, late]);
    if (site !== null) return site;
  } finally {
    settled.abort();
  }
  throw new SlipwayError(
    "HOST_UNREACHABLE",
    `${settings.name} (${settings.ssh ?? "this machine"}) does not answer within ${answerLimitMs / 1000} s.`,
    {
      hint: `Nothing was touched. To go on without it, take it out of tools/environments/${options.environment.name}.yaml.`,
    },
  );
}

async function answer(settings: HostSettings, environment: string): Promise<void> {
  const host = await openHost(settings, environment);
  await host.run({ argv: ["true"] });
}
