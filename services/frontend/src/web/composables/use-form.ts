import { nextTick, type Ref, ref } from "vue";

import { ApiError, type FieldErrors, formatFailure } from "../api/api-error.ts";

export interface FormState {
  errors: Ref<FieldErrors>;
  /** What went wrong as a whole; null while nothing did. */
  message: Ref<string | null>;
  isSending: Ref<boolean>;
  submit: () => Promise<void>;
}

/**
 * Sends a form once at a time. Faults of fields go beside their fields, and the first of them gets
 * the focus; everything else becomes the form's message.
 */
export function useForm(send: () => Promise<void>): FormState {
  const errors = ref<FieldErrors>({});
  const message = ref<string | null>(null);
  const isSending = ref(false);

  async function submit(): Promise<void> {
    if (isSending.value) return;
    isSending.value = true;
    errors.value = {};
    message.value = null;
    try {
      await send();
    } catch (failure) {
      errors.value = failure instanceof ApiError ? failure.errors : {};
      message.value = await describe(failure);
      await focusFirstFault();
    } finally {
      isSending.value = false;
    }
  }

  return { errors, message, isSending, submit };
}

/** Faults that stand beside their fields are not said twice; one without a field is said here. */
async function describe(failure: unknown): Promise<string> {
  await nextTick();
  const isShown = document.querySelector('[aria-invalid="true"]') !== null;
  return isShown ? "Some fields need another look." : formatFailure(failure);
}

async function focusFirstFault(): Promise<void> {
  await nextTick();
  const fault = document.querySelector<HTMLElement>('[aria-invalid="true"], .form-message');
  fault?.focus();
}
