/** The settings that the gateway reads; the names are those of `config.ts`. */
export interface GatewayConfig {
  /** Plain HTTP on the text API answers 4600. */
  requireHttps: boolean;
  /** Believe `X-Forwarded-Host` and `X-Forwarded-Proto`. */
  trustProxy: boolean;
  /** Hosts that a client may have signed beside the one it sends. */
  signedHosts: readonly string[];
  /** How far a Timestamp may be off, and how long a signature may not come twice. */
  replayWindowSeconds: number;
  /** Multiplies the documented calls a minute; null turns the limits off. */
  rateLimit: number | null;
  /** For tests; `LIMITS` when left out. */
  limits?: Partial<typeof LIMITS>;
}

/** What a request may cost before anybody knows who sends it. */
export const LIMITS = {
  /** Body of a text call. Bytes. */
  formBytes: 1024 * 1024,
  /** Of all bodies of text calls above 16 KiB that are being read, together. Bytes. */
  formMemoryBytes: 64 * 1024 * 1024,
  /** From the first byte of a text call's body to the last. ms. */
  formTimeoutMs: 30_000,
  /** Of all bodies of upload calls that are read before other calls get their turn. Bytes. */
  turnBytes: 512 * 1024,
  /** Between two pieces of an upload call's body. ms. */
  uploadIdleMs: 60_000,
  /** How long the rest of a refused body is read and thrown away, so that the client sees the answer. ms. */
  lingerMs: 30_000,
  /** Requests that may wait on a connection for the answer under way. */
  waitingRequests: 16,
  /** A client that takes nothing of its answer for so long is cut off. ms. */
  stallMs: 60_000,
};
