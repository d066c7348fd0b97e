/** `10.0.0.7:8084` or `[fd00::7]:8084`. */
export function parseAddress(address: string): { host: string; port: number } {
  const [, bracketed, plain, port = ""] =
    /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(address) ?? [];
  return { host: bracketed ?? plain ?? "", port: Number(port || Number.NaN) };
}
