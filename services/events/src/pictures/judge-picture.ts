import { unprocessable } from "@myaegee/service-kit";
import { fileTypeFromBuffer } from "file-type";

/** What a file may be called, by what is in it. */
const endings = {
  "image/png": [".png"],
  "image/jpeg": [".jpg", ".jpeg"],
} as const;

export type PictureType = keyof typeof endings;

/** The type of a picture by its content. Its name only has to agree, and is then forgotten. */
export async function judgePicture(content: Buffer, fileName: string): Promise<PictureType> {
  const type = (await fileTypeFromBuffer(content))?.mime;
  if (type !== "image/png" && type !== "image/jpeg") {
    throw unprocessable({ head_image: "The file is no picture; expected PNG or JPEG." });
  }
  const name = fileName.toLowerCase();
  if (!endings[type].some((ending) => name.endsWith(ending))) {
    throw unprocessable({
      head_image: `The file is ${type}, so its name should end in ${endings[type].join(" or ")}.`,
    });
  }
  return type;
}
