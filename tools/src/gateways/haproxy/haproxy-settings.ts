/** Where one HAProxy listens, and its limits. What traffic does is in the facts. */
export interface HaproxySettings {
  /** Address people use, without trailing slash: `https://my.example.org`. */
  publicUrl: string;
  /** Where services reach each other: `http://gateway:8081`; the service's name follows. */
  internalUrl: string;
  /** Addresses of the front door: `127.0.0.1:8080`, `:80`. With TLS they only lead to it. */
  publicBinds: readonly string[];
  internalBinds: readonly string[];
  tls: TlsSettings | null;
  /** Where this gateway is reached itself, when people's address leads to several. */
  door?: { host: string; port: number };
  limits?: Partial<HaproxyLimits>;
}

export interface TlsSettings {
  binds: readonly string[];
  /** Folder of PEM files, each a certificate with its chain and key, on HAProxy's machine. */
  certificates: string;
}

export interface HaproxyLimits {
  /** Of a body whose length is declared; the services limit the others. */
  bodyBytes: number;
  /** Silence of a service in the middle of a request. */
  answerMs: number;
  /** Silence of a client in the middle of a request. */
  clientMs: number;
  /** Silence on a WebSocket or an event stream, and the life of connections after a reload. */
  streamMs: number;
}

export const defaultLimits: HaproxyLimits = {
  bodyBytes: 10 * 1024 * 1024,
  answerMs: 60_000,
  clientMs: 60_000,
  streamMs: 3_600_000,
};
