import { runService } from "@myaegee/service-kit";

import { service } from "./service.ts";

await runService(service, import.meta.dirname);
