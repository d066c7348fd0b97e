import { forbidden } from "@myaegee/service-kit";

/** 403 with this message when it is not so. */
export function expectAllowed(isAllowed: boolean, message: string): void {
  if (!isAllowed) {
    throw forbidden(message);
  }
}
