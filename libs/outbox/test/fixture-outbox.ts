import { createMailerClient } from "@myaegee/contracts";
import { createDatabase } from "@myaegee/database";

import { startOutbox } from "../src/index.ts";

/** A process that does nothing but deliver, until it is killed. */
const [databaseUrl = "", mailerUrl = ""] = process.argv.slice(2);
const log = { error: () => {}, warn: () => {} };

startOutbox({
  db: createDatabase({ url: databaseUrl }),
  mailer: createMailerClient({ url: mailerUrl, service: "things", token: "t" }),
  service: "things",
  log,
  pollMs: 20,
  leaseMs: 500,
});
