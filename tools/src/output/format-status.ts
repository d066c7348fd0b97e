import { formatAge } from "./format-duration.ts";
import { formatTable } from "./format-table.ts";
import type { Colour, Paint } from "./paint.ts";
import type { Health, ServiceStatus, Status } from "./status.ts";

const marks: Readonly<Record<Health, { sign: string; colour: Colour }>> = {
  healthy: { sign: "✔", colour: "green" },
  unready: { sign: "✖", colour: "red" },
  unreachable: { sign: "✖", colour: "red" },
  restarting: { sign: "!", colour: "yellow" },
  stopped: { sign: "-", colour: "dim" },
};

export interface StatusStyle {
  now: Date;
  paint: Paint;
}

/** Health (does it work?) and drift (is it what was asked for?) stay apart. */
export function formatStatus(status: Status, { now, paint }: StatusStyle): string {
  if (status.services.length === 0) {
    return `${status.environment}: nothing is deployed. Begin with: npx nx run tools:deploy --env=${status.environment}`;
  }
  const header = ["", "service", "version", "image", "health", "since", ""];
  const rows = status.services.map((service) => formatRow(service, { now, paint }));
  return [
    paint("bold", formatHead(status)),
    "",
    formatTable([header, ...rows], "  "),
    ...formatNotes(status, paint),
  ].join("\n");
}

function formatHead({ environment, address, set }: Status): string {
  return `${environment}  ${address ?? "stopped"}  ${set ?? ""}`.trimEnd();
}

function formatRow(service: ServiceStatus, { now, paint }: StatusStyle): readonly string[] {
  const { sign, colour } = marks[service.health];
  const notes = [
    ...(service.pinned ? ["pinned"] : []),
    ...(service.drift === null ? [] : [service.drift]),
    ...(service.restarts > 0 ? [`restarted ${service.restarts}×`] : []),
  ];
  return [
    paint(colour, sign),
    service.name,
    service.version,
    service.digest.slice(0, 15),
    service.health,
    formatAge(now.getTime() - Date.parse(service.since)),
    paint("yellow", notes.join(", ")),
  ];
}

function formatNotes(status: Status, paint: Paint): readonly string[] {
  const { environment, services, openRun, lock, address } = status;
  const pins = services.flatMap(({ name, pin }) =>
    pin === null ? [] : [`${name} is pinned ${pin}`],
  );
  const notes = [
    ...(address === null
      ? [`Nothing runs. Start it with: npx nx run tools:deploy --env=${environment}`]
      : []),
    ...pins,
    ...(status.freeze === null ? [] : [`Frozen ${status.freeze}`]),
    ...(status.maintenance === null ? [] : [`In maintenance ${status.maintenance}`]),
    ...(status.verification === null ? [] : [`Its tests ${status.verification}`]),
    ...status.behind,
    ...(lock === null ? [] : [`Locked: ${lock}`]),
    ...(openRun === null
      ? []
      : [`Run ${openRun} is unfinished: npx nx run tools:resume --env=${environment}`]),
    ...(services.some(({ drift }) => drift !== null) || status.behind.length > 0
      ? [`Something drifted. Repair it with: npx nx run tools:reconcile --env=${environment}`]
      : []),
  ];
  return notes.length === 0 ? [] : ["", ...notes.map((note) => paint("yellow", `! ${note}`))];
}
