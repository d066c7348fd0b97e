const KEY = "myaegee.reloaded-at";
const PAUSE_MS = 10_000;

/**
 * Loads a page from the server after moving to it within the app has failed: mostly a deploy has
 * replaced the parts that this old page still names. Only once in a while, so that a part that is
 * really broken does not reload for ever. False when it was tried just now.
 */
export function loadWholePage(
  path: string,
  {
    now = Date.now(),
    assign = assignLocation,
  }: { now?: number; assign?: (path: string) => void } = {},
): boolean {
  const last = Number(sessionStorage.getItem(KEY) ?? 0);
  if (now - last < PAUSE_MS) return false;
  sessionStorage.setItem(KEY, String(now));
  assign(path);
  return true;
}

function assignLocation(path: string): void {
  window.location.assign(path);
}
