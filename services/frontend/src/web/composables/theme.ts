import { ref, watch } from "vue";

export const THEMES = { auto: "As the device", light: "Light", dark: "Dark" } as const;
type Theme = keyof typeof THEMES;

const KEY = "myaegee.theme";

/** Light or dark; "auto" follows the device. Kept for the next visit. */
export const theme = ref<Theme>(readTheme());

export function followTheme(): void {
  watch(theme, applyTheme, { immediate: true });
}

function applyTheme(chosen: Theme): void {
  localStorage.setItem(KEY, chosen);
  if (chosen === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = chosen;
}

function readTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "auto";
}
