import { SlipwayError } from "../errors.ts";

const part = "[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*";
const expression = new RegExp(`^${part}(?:/${part})*$`, "u");

/** The name itself when it is a repository's by OCI's grammar, so that it is safe in a path and in a URL. */
export function parseRepository(repository: string): string {
  if (expression.test(repository)) {
    return repository;
  }
  throw new SlipwayError(
    "IMAGE_INVALID",
    `${JSON.stringify(repository)} is not a repository name.`,
    {
      hint: "Expected lower-case letters, digits, and single separators . _ - /",
    },
  );
}
