import { SlipwayError } from "../errors.ts";
import type { ComposeFacts } from "../hosts/platform.ts";
import type { Environment } from "./environment-schema.ts";

/** What the driver `compose` needs of an environment's settings. Throws CONFIG_INVALID naming what is missing. */
export function chooseCompose(environment: Environment): ComposeFacts {
  const { name, hosts = [], images, publicUrl, smtpUrl } = environment;
  const [first, ...others] = hosts;
  if (first !== undefined && images !== undefined) {
    return {
      hosts: [first, ...others],
      images,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      ...(smtpUrl === undefined ? {} : { smtpUrl }),
    };
  }
  const missing = first === undefined ? "hosts" : "images";
  throw new SlipwayError("CONFIG_INVALID", `${name} has the driver compose, but no ${missing}.`, {
    hint: "Nothing was touched. Every field: docs/reference/environments.md",
  });
}
