import { readonly, shallowRef } from "vue";

export interface Question {
  title: string;
  text: string;
  /** Label of the button that goes ahead. */
  yes: string;
}

const question = shallowRef<Question | null>(null);
let answer: ((isYes: boolean) => void) | null = null;

/** The question that `confirm-dialog.vue` shows; null when none waits. */
export const openQuestion = readonly(question);

/** Asks before something that is not easily undone. */
export async function confirmWith(asked: Question): Promise<boolean> {
  answer?.(false);
  question.value = asked;
  return new Promise((resolve) => {
    answer = resolve;
  });
}

export function answerQuestion(isYes: boolean): void {
  question.value = null;
  answer?.(isYes);
  answer = null;
}
