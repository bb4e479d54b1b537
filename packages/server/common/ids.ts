import { randomBytes, randomInt } from 'node:crypto';

const EPOCH = Date.UTC(2020, 0, 1);
const RANDOM_BITS = 22;
let previous = 0n;

/**
 * A new id for a video or an image: a decimal string of up to 19 digits, as clients of the original service
 * expect. Ids ascend with time within a process, so that new rows land together in the database's indexes.
 */
export function newFileId(now = Date.now()): string {
  const id = (BigInt(now - EPOCH) << BigInt(RANDOM_BITS)) + BigInt(randomInt(2 ** RANDOM_BITS));
  previous = id > previous ? id : previous + 1n;
  return previous.toString();
}

/** `bytes` random bytes as lower-case hex. */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
