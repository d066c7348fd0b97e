import { SlipwayError } from "../../errors.ts";
import { readBody, type HttpAnswer } from "./send-request.ts";

/** An answer that fits no rule of the distribution specification, with the registry's own code for it. */
export async function refuseAnswer(
  name: string,
  what: string,
  answer: HttpAnswer,
): Promise<SlipwayError> {
  const text = await readBody(answer, 65_536).then(
    (body) => new TextDecoder().decode(body),
    () => "",
  );
  const code = /"code"\s*:\s*"(?<code>[A-Z_]{1,64})"/u.exec(text)?.groups?.["code"];
  return new SlipwayError(
    "REGISTRY_FAILED",
    `The registry ${name} answered ${answer.status}${code === undefined ? "" : ` ${code}`} to ${what}.`,
    {
      hint: "Slipway speaks the OCI distribution API 1.1. Look at the image's name and the registry's log.",
    },
  );
}
