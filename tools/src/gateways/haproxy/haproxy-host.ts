/**
 * The machine side of one HAProxy: its files, its process, its master's socket. How the process runs, in a container
 * or as a plain child, here or on another host, is the adapter's business; it runs
 * `haproxy -W -S <socket>,mode,600 -f <folder>/haproxy.cfg` and starts it again when it dies.
 */
export interface HaproxyHost {
  /** The gateway's folder as HAProxy sees it. */
  folder: string;
  /** Socket of HAProxy's master, as this process reaches it. */
  socket: string;
  /** Null when there is none. */
  readFile(name: string): Promise<string | null>;
  /** Whole or not at all, also when the power fails; HAProxy must be able to read it. */
  writeFile(name: string, content: string): Promise<void>;
  /** One action at a time, over all processes that change this gateway. */
  exclusively<Result>(action: () => Promise<Result>): Promise<Result>;
  /** Makes sure that HAProxy runs and is kept running; does nothing when it does. */
  start(): Promise<void>;
  /** HAProxy's own words on what is wrong with a configuration file of the folder; null when it accepts it. */
  check(name: string): Promise<string | null>;
  /** Makes the certificates of a folder of the machine readable for HAProxy; null when it holds none. */
  takeCertificates(folder: string): Promise<Certificates | null>;
}

export interface Certificates {
  /** As HAProxy sees it. What is wrong with them shows before they take the place of those before. */
  folder: string;
  /** Hash over their content. */
  digest: string;
}
