import { mount } from "@vue/test-utils";
import { expect, test, vi } from "vitest";
import { defineComponent, h } from "vue";

import { ApiError } from "../api/api-error.ts";
import TextField from "../components/text-field.vue";
import { type FormState, useForm } from "./use-form.ts";

function mountForm(send: () => Promise<void>): FormState {
  let form: FormState | undefined;
  const Form = defineComponent(() => {
    const state = useForm(send);
    form = state;
    return () =>
      h(TextField, { label: "Name", modelValue: "", errors: state.errors.value["name"] });
  });
  mount(Form, { attachTo: document.body });
  if (form === undefined) throw new Error("The form was not set up.");
  return form;
}

test("points to the fields for a fault that stands beside one", async () => {
  const form = mountForm(() =>
    Promise.reject(new ApiError(422, "Invalid", { name: ["is taken."] })),
  );

  await form.submit();

  expect(form.message.value).toBe("Some fields need another look.");
  expect(document.activeElement?.getAttribute("aria-invalid")).toBe("true");
});

test("says a fault whose field is not in the form", async () => {
  const form = mountForm(() =>
    Promise.reject(new ApiError(422, "Invalid", { organizing_bodies: ["are unknown."] })),
  );

  await form.submit();

  expect(form.message.value).toBe("Organizing bodies: are unknown.");
});

test("says a bug in words that are no bug", async () => {
  const form = mountForm(() => Promise.reject(new TypeError("x is not a function")));

  await form.submit();

  expect(form.message.value).toBe(
    "Something went wrong on this page. Please reload it and try again.",
  );
});

test("sends once, however often the button is pressed", async () => {
  const send = vi.fn<() => Promise<void>>(async () => {});
  const form = mountForm(send);

  await Promise.all([form.submit(), form.submit(), form.submit()]);

  expect(send).toHaveBeenCalledTimes(1);
});
