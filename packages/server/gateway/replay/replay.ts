import { Refused } from '../../common/faults/refused.ts';
import type { Caller } from '../protocols/protocol.ts';
import type { NonceStore } from './store.ts';

/**
 * Refuses a Timestamp outside the window, on both sides of now (docs/wire/calls.md, Replay).
 * @throws Refused `call.replay`, naming Timestamp and telling the server's.
 */
export function checkTimestamp(caller: Caller, now: number, windowMs: number): void {
  if (caller.expiresAt !== undefined) {
    if (now <= caller.expiresAt) return;
    throw new Refused('call.signature', 'the upload signature has expired');
  }
  if (Math.abs(now - caller.issuedAt) <= windowMs) return;
  const message = `Timestamp must not be more than ${windowMs / 1000} seconds from the server's, which is ${Math.floor(now / 1000)}`;
  throw new Refused('call.replay', message);
}

/**
 * Refuses a signature that was used before. To be asked after the signature was verified, so that nobody without a
 * key can fill the store. Calls that may be repeated are exempt.
 * @throws Refused `call.replay`, naming Nonce and Timestamp.
 */
export async function refuseReplay(store: NonceStore, caller: Caller): Promise<void> {
  if (await store.claim(caller.secretId, caller.signature, caller.issuedAt)) return;
  const message = 'Nonce and Timestamp: this very call was received before; sign a new one for every request';
  throw new Refused('call.replay', message);
}
