import { reactive, readonly } from "vue";

import { formatFailure } from "../api/api-error.ts";

export interface Notice {
  id: number;
  kind: "good" | "bad";
  text: string;
}

const SHOWN_MS = 6000;
const list = reactive<Notice[]>([]);
let lastId = 0;

/** The short messages at the edge of the page, newest last. */
export const notices = readonly(list);

export function notifyDone(text: string): void {
  show("good", text);
}

export function notifyFailed(failure: unknown): void {
  show("bad", formatFailure(failure));
}

export function dismissNotice(id: number): void {
  const index = list.findIndex((notice) => notice.id === id);
  if (index !== -1) list.splice(index, 1);
}

function show(kind: Notice["kind"], text: string): void {
  lastId += 1;
  const id = lastId;
  list.push({ id, kind, text });
  setTimeout(() => dismissNotice(id), SHOWN_MS);
}
