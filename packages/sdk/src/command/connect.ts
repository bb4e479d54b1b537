import { type Client, createClient } from '../client.ts';
import { UsageError } from './usage.ts';

/** Options of every command that calls the service, for `parseArgs`. */
export const CALL_OPTIONS = { url: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

/** A client from `--url` and the environment. Throws UsageError when there are no keys. */
export function clientFor(options: { url?: string | undefined }, env = process.env): Client {
  const { OPENVOD_SECRET_ID: secretId, OPENVOD_SECRET_KEY: secretKey } = env;
  if (!secretId || !secretKey) {
    throw new UsageError(
      'set OPENVOD_SECRET_ID and OPENVOD_SECRET_KEY; the server printed them at its first start',
    );
  }
  const url = options.url ?? env.OPENVOD_URL ?? 'http://127.0.0.1:8620';
  if (!/^https?:\/\//.test(url)) throw new UsageError(`${url} is not an address like http://127.0.0.1:8620`);
  return createClient({ secretId, secretKey, url });
}

/** One JSON value on one line of standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
