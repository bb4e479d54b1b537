import { ApiError } from '@openvod/contract/v2';
import type { StepCodes } from '../errors.ts';
import type { Caller } from '../identify.ts';
import type { NonceStore } from './store.ts';

/**
 * Refuses a Timestamp outside the window, on both sides of now (contract/common.yaml, replay).
 * @throws ApiError naming Timestamp and telling the server's.
 */
export function checkTimestamp(caller: Caller, now: number, windowMs: number, codes: StepCodes): void {
  if (Math.abs(now - caller.issuedAt) <= windowMs) return;
  const message = `Timestamp must not be more than ${windowMs / 1000} seconds from the server's, which is ${Math.floor(now / 1000)}`;
  throw new ApiError(codes.replay, message, { codeDesc: 'ReplayAttack' });
}

/**
 * Refuses a signature that was used before. To be asked after the signature was verified, so that nobody without a
 * key can fill the store. Generation-1 upload calls are exempt: their clients send the same call again when no answer
 * comes, and the calls are idempotent.
 * @throws ApiError naming Nonce and Timestamp.
 */
export async function refuseReplay(store: NonceStore, caller: Caller, codes: StepCodes): Promise<void> {
  if (await store.claim(caller.secretId, caller.signature, caller.issuedAt)) return;
  const message = 'Nonce and Timestamp: this very call was received before; sign a new one for every request';
  throw new ApiError(codes.replay, message, { codeDesc: 'ReplayAttack' });
}
