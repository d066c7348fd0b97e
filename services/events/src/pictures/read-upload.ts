import { unprocessable } from "@myaegee/service-kit";
import type { FastifyRequest } from "fastify";

import type { Upload } from "./store-picture.ts";

/** The file of the form's field `head_image`. Larger than the limit: 413. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  const file = request.isMultipart() ? await request.file() : undefined;
  if (file === undefined || file.fieldname !== "head_image") {
    file?.file.resume();
    throw unprocessable({ head_image: "No head_image is specified." });
  }
  return { fileName: file.filename, content: await file.toBuffer() };
}
