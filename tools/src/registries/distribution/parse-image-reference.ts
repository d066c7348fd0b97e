import { isDigest } from "../../images/digest.ts";
import { parseRepository } from "../parse-repository.ts";

export interface ImageReference {
  /** As people write it: `docker.io`, `ghcr.io`, `localhost:5000`. */
  registry: string;
  repository: string;
  digest: string;
}

/** Reads `docker.io/library/node@sha256:…` with Docker's short forms and an optional tag; null when no digest pins it. */
export function parseImageReference(text: string): ImageReference | null {
  const [name = "", digest = "", ...rest] = text.split("@");
  if (!isDigest(digest) || rest.length > 0) {
    return null;
  }
  const [first = "", ...others] = name.replace(/:[\w][\w.-]{0,127}$/u, "").split("/");
  if (others.length > 0 && isRegistry(first)) {
    const registry = first === "index.docker.io" ? "docker.io" : first;
    return { registry, repository: parsePath(registry, others), digest };
  }
  return { registry: "docker.io", repository: parsePath("docker.io", [first, ...others]), digest };
}

function isRegistry(text: string): boolean {
  return text === "localhost" || /^[A-Za-z0-9[].*[.:]/u.test(text);
}

function parsePath(registry: string, parts: readonly string[]): string {
  const isOfficial = registry === "docker.io" && parts.length === 1;
  return parseRepository([...(isOfficial ? ["library"] : []), ...parts].join("/"));
}
