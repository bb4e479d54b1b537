import { hash } from 'node:crypto';

/** SHA-256 of a call's SecretId and Signature. */
export function digestOf(secretId: string, signature: string): Buffer {
  return hash('sha256', `${secretId}\n${signature}`, 'buffer');
}
