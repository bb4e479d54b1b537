import { randomBytes } from 'node:crypto';

/** Makes ids of requests: short, never the same twice, and told apart from those of other processes. */
export function requestIds(): () => string {
  const process = randomBytes(6).toString('base64url').replace(/[-_]/g, '0');
  let count = 0;
  return () => `${process}-${(count++).toString(36)}`;
}
