import { ApiError, type FieldErrors } from "./api-error.ts";

export interface ListMeta {
  count: number;
  offset?: number;
  limit?: number;
}

/** What every service answers, see the envelope of the API. */
export interface Envelope<T> {
  success: boolean;
  data: T;
  meta?: ListMeta;
  message?: string;
  errors?: FieldErrors;
  permissions?: unknown;
}

const MESSAGE_BY_STATUS: Record<number, string> = {
  401: "Please log in to see this.",
  403: "You are not allowed to do this.",
  404: "There is nothing at this address.",
  409: "Somebody else changed this in the meantime. Please reload the page.",
  413: "This is too large to be sent.",
  422: "Some fields need another look.",
  429: "That were too many tries. Please wait a moment.",
  502: "This part of MyAEGEE does not answer at the moment. Please try again in a minute.",
  503: "This part of MyAEGEE does not answer at the moment. Please try again in a minute.",
};

/** Reads an answer; anything but a success becomes an {@link ApiError}. */
export async function readEnvelope<T>(response: Response): Promise<Envelope<T>> {
  const envelope = await readJson<Envelope<T>>(response);
  if (response.ok && envelope?.success === true) return envelope;

  const errors = envelope?.errors ?? {};
  throw new ApiError(response.status, envelope?.message ?? describeStatus(response.status), errors);
}

async function readJson<T>(response: Response): Promise<T | null> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function describeStatus(status: number): string {
  return (
    MESSAGE_BY_STATUS[status] ??
    `The service answered with status ${status}. Please try again later.`
  );
}
