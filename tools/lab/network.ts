import { runProgram } from "./run-program.ts";

const bridge = "slipway-lab";
/** Address of this machine in the lab's network. */
export const gatewayAddress = "10.213.0.1";

/** A bridge that the hosts' networks are plugged into. */
export async function addNetwork(): Promise<void> {
  await runProgram("ip", "link", "add", bridge, "type", "bridge");
  await runProgram("ip", "address", "add", `${gatewayAddress}/24`, "dev", bridge);
  await runProgram("ip", "link", "set", bridge, "up");
  // An engine on this machine lets nothing cross its bridges that it did not ask for.
  await runProgram("iptables", "-I", "FORWARD", "-i", bridge, "-o", bridge, "-j", "ACCEPT");
}

/** A network namespace with one interface: the host's. */
export async function addHostNetwork(name: string, address: string): Promise<void> {
  const [namespace, inside, outside] = [namespaceOf(name), `slw-${name}-in`, `slw-${name}`];
  const within = ["-n", namespace];
  await runProgram("ip", "netns", "add", namespace);
  await runProgram("ip", "link", "add", outside, "type", "veth", "peer", "name", inside);
  await runProgram("ip", "link", "set", inside, "netns", namespace);
  await runProgram("ip", ...within, "address", "add", `${address}/24`, "dev", inside);
  await runProgram("ip", ...within, "link", "set", inside, "up");
  await runProgram("ip", ...within, "route", "add", "default", "via", gatewayAddress);
  await runProgram("ip", "link", "set", outside, "master", bridge, "up");
}

export function namespaceOf(name: string): string {
  return `slipway-lab-${name}`;
}

/** Takes away what may be there, so that a lab that was cut off half-way leaves nothing. */
export async function removeNetwork(names: readonly string[]): Promise<void> {
  for (const name of names) {
    await runProgram("ip", "netns", "delete", namespaceOf(name)).catch(ignore);
    await runProgram("ip", "link", "delete", `slw-${name}`).catch(ignore);
  }
  await runProgram("iptables", "-D", "FORWARD", "-i", bridge, "-o", bridge, "-j", "ACCEPT").catch(
    ignore,
  );
  await runProgram("ip", "link", "delete", bridge).catch(ignore);
}

function ignore(): string {
  return "";
}
