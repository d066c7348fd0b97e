import { spawn } from "node:child_process";

/**
 * Ends a process when this one is gone, however it went: a tiny shell waits on a pipe that the kernel closes with us.
 * The answer calls the guard off.
 */
export function endWithParent(pid: number): () => void {
  const guard = spawn(
    "/bin/sh",
    ["-c", 'read -r _; kill -INT "$1" 2>/dev/null', "guard", `${pid}`],
    {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      cwd: "/",
      env: {},
    },
  );
  guard.on("error", () => {});
  guard.unref();
  if (guard.stdin !== null && "unref" in guard.stdin && typeof guard.stdin.unref === "function") {
    guard.stdin.unref();
  }
  return () => guard.kill("SIGKILL");
}
