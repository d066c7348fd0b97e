import { resolve } from "node:path";

/** Report, screenshots and evidence; not in git. */
export const outputFolder = resolve(import.meta.dirname, "../../dist/e2e");
