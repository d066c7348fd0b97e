/** Text from outside, made safe to show: no credentials, no control characters that move the cursor. */
export function redact(text: string): string {
  // Control characters go first: one in the middle of a URL would hide its credentials from the second rule.
  return removeControlCharacters(text)
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, "$1***@")
    .replace(
      /\b(authorization|x-service-token|x-auth-token)(["']?\s*[:=]\s*["']?)[^\s"',}]+/gi,
      "$1$2***",
    )
    .replace(/\b(password|secret|token)(["']?\s*[:=]\s*["']?)(?=[^\s"',}])[^\s"',}]+/gi, "$1$2***");
}

function removeControlCharacters(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the ones to remove; tab and newline stay
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
