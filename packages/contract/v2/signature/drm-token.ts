import { readWebToken, signWebToken } from './web-token.ts';

/** Longer than any of ours. */
const MAX_LENGTH = 4096;
/** It stands in file names, where a dot would end it. */
const JOINT = '~';

/**
 * A token that stands in file names (docs/wire/encryption.md, The next generation): a JSON Web Token whose parts `~` joins. What
 * it is signed with nobody but the service knows.
 */
export function signDrmToken(key: Buffer, claims: object): string {
  return signWebToken(key, { type: 'DrmToken', ...claims }, JOINT);
}

/** What a token says, whatever its time; null when the key has signed no such thing. */
export function readDrmToken(key: Buffer, token: string): unknown {
  const claims = readWebToken(key, token, { maxLength: MAX_LENGTH, joint: JOINT });
  return (claims as { type?: unknown } | null)?.type === 'DrmToken' ? claims : null;
}
