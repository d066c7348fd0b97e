import { enableAutoUnmount } from "@vue/test-utils";
import { afterEach, beforeEach, vi } from "vitest";

import { createFakeLocks } from "./fake-locks.ts";

enableAutoUnmount(afterEach);

beforeEach(() => {
  localStorage.clear();
  document.body.innerHTML = "";
  Object.defineProperty(navigator, "locks", { value: createFakeLocks(), configurable: true });
});

afterEach(() => {
  vi.unstubAllGlobals();
});
