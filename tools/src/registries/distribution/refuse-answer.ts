import { SlipwayError } from "../../errors.ts";
import { readBody, type HttpAnswer } from "./send-request.ts";

/** An answer that fits no rule of the distribution specification, with the registry's own code for it. */
export async function refuseAnswer(
  name: string,
  what: string,
  answer: HttpAnswer,
): Promise<SlipwayError> {
  return refuseCode(name, what, { status: answer.status, code: await readCode(answer) });
}

/** The same for an answer whose code was read. */
export function refuseCode(
  name: string,
  what: string,
  { status, code }: { status: number; code: string | undefined },
): SlipwayError {
  return new SlipwayError(
    "REGISTRY_FAILED",
    `The registry ${name} answered ${status}${code === undefined ? "" : ` ${code}`} to ${what}.`,
    {
      hint: "Slipway speaks the OCI distribution API 1.1. Look at the image's name and the registry's log.",
    },
  );
}

/** The first of the codes by which registries say what went wrong (distribution specification, "Error Codes"). */
export async function readCode(answer: HttpAnswer): Promise<string | undefined> {
  const text = await readBody(answer, 65_536).then(
    (body) => new TextDecoder().decode(body),
    () => "",
  );
  return /"code"\s*:\s*"(?<code>[A-Z_]{1,64})"/u.exec(text)?.groups?.["code"];
}
