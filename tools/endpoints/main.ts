/** `nx run tools:endpoints`: writes `docs/reference/endpoints.md` from what the services say that they offer. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { fetchEndpoints } from "./fetch-endpoints.ts";
import { formatEndpoints } from "./format-endpoints.ts";

const file = join(import.meta.dirname, "..", "..", "docs", "reference", "endpoints.md");
await writeFile(file, formatEndpoints(await fetchEndpoints()));
process.stdout.write(`Wrote ${file}\n`);
