import { Errors } from "typebox/value";

import { ServicePackage, type Service } from "./service-manifest.ts";

/** One thing to mend, with all a person needs to mend it. */
export interface Fault {
  file: string;
  /** Place in the file: `/service/port`. */
  path: string;
  /** What it breaks: `must be >= 1`. */
  rule: string;
  /** What stands there, as JSON, shortened. */
  value: string;
}

export function findManifestFaults(file: string, content: unknown): Fault[] {
  // An unknown field is told of twice: of itself and of what holds it.
  const errors = Errors(ServicePackage, content).filter(
    ({ keyword }) => keyword !== "additionalProperties",
  );
  return errors.map(({ instancePath, message, params, keyword }) => ({
    file,
    path: instancePath === "" ? "/" : instancePath,
    rule: keyword === "boolean" ? "is not a known field" : message + formatParameters(params),
    value: formatValue(readAt(content, instancePath)),
  }));
}

/** Needs that nobody can meet. Services that need each other are fine: they deploy together. */
export function findNeedsFaults(services: readonly Service[], names: ReadonlySet<string>): Fault[] {
  return services.flatMap((service) => {
    const others = [...names].filter((name) => name !== service.name);
    return service.needs.needs.services
      .filter((need) => !others.includes(need))
      .map((need) =>
        needsFault(service.name, `must be another service (${others.join(", ")})`, need),
      );
  });
}

function needsFault(name: string, rule: string, value: string): Fault {
  return {
    file: `services/${name}/package.json`,
    path: "/service/needs/services",
    rule,
    value: JSON.stringify(value),
  };
}

function formatParameters(parameters: object): string {
  const values = Object.values(parameters).filter((value) => Array.isArray(value));
  return values.length === 0 ? "" : ` (${values.flat().join(", ")})`;
}

function readAt(content: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
      content,
    );
}

function formatValue(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
