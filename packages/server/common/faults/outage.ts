/** What a fault may lie in besides the work that met it: all of these pass without anybody touching the work. */
export type Outage = 'storage' | 'database' | 'space' | 'memory' | 'processes' | 'masterKey';

/** What an outage is to people: "the store is out of reach". */
export const OUTAGES: Record<Outage, string> = {
  storage: 'the store is out of reach',
  database: 'the database is out of reach',
  space: 'there is no space left',
  memory: 'there is no memory left',
  processes: 'no process can be started, or no file opened',
  masterKey: 'the master key of encryption is missing',
};

/** Thrown where somebody knows that the same call succeeds once an outage is over. */
export class OutageError extends Error {
  override name = 'OutageError';
  readonly outage: Outage;

  constructor(outage: Outage, message: string = OUTAGES[outage], options?: ErrorOptions) {
    super(message, options);
    this.outage = outage;
  }
}

/** Codes of Node's system errors. */
const SYSTEM: Record<string, Outage> = {
  ...{ ENOSPC: 'space', EDQUOT: 'space', ENOMEM: 'memory' },
  ...{ EMFILE: 'processes', ENFILE: 'processes', EAGAIN: 'processes' },
  // A disk that fails, was taken away, or went over to read-only.
  ...{ EIO: 'storage', EROFS: 'storage', ESTALE: 'storage', ENODEV: 'storage', ENXIO: 'storage' },
};

/** Codes of connections that do not come about or break. What they led to is known to whoever made them. */
const NETWORK = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENETUNREACH', 'ENETDOWN'],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ERR_STREAM_PREMATURE_CLOSE'],
]);

/** How far causes are followed: nobody nests them deeper, and a circle ends. */
const MAX_DEPTH = 5;

/**
 * Tells faults of the environment from faults of the work. Database and store throw OutageErrors where they are away; other rooms
 * meet the system's own.
 *
 * @returns the outage that an error, or one of its causes, comes of; null when the work itself is at fault
 */
export function outageOf(error: unknown): Outage | null {
  let one = error;
  for (let depth = 0; depth < MAX_DEPTH && one instanceof Error; depth++) {
    const found = ownOutage(one);
    if (found !== null) return found;
    one = one.cause;
  }
  return null;
}

/** Whether a connection did not come about, or broke. */
export function isNetworkFault(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isNetworkFault);
  return error instanceof Error && NETWORK.has(codeOf(error));
}

function ownOutage(error: Error): Outage | null {
  if ('outage' in error) return error.outage as Outage | null;
  return SYSTEM[codeOf(error)] ?? null;
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
